"""customer360: vendor exports in, tested marketing marts out."""

from pipelines import telemetry

telemetry.switch_off()
