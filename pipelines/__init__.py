"""customer360: vendor exports in, tested marketing marts out."""
