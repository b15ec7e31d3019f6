"""What the demo shop sells: a roastery with kitchen and home goods, all of it made up.

Prices and costs are cents of the euro; the American shop asks the same number of dollars and ten
per cent more. `seasons` gives the relative demand in winter, spring, summer and autumn.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """One product; `variants` are `name:factor in per cent of the price`."""

    title: str
    category: str
    vendor: str
    price_cents: int
    cost_cents: int
    weight: int
    seasons: tuple[int, int, int, int]
    variants: str = "Standard:100"


ALL_YEAR = (10, 10, 10, 10)
WARM = (3, 10, 20, 6)
COLD = (20, 8, 3, 12)
BAGS = "250 g:100|1 kg:340"
SIZES = "Small:100|Large:160"
COLOURS = "Oat:100|Moss:100|Ink:100"
OWN, KILN, LOOM, FIELD = "Pine & Harbour", "Kiln Street", "North Loom", "Fieldhouse"

CATALOGUE = (
    Product("House Espresso", "Coffee", OWN, 990, 410, 30, ALL_YEAR, BAGS),
    Product("Harbour Filter", "Coffee", OWN, 1090, 440, 26, ALL_YEAR, BAGS),
    Product("Night Shift Decaf", "Coffee", OWN, 1150, 480, 10, ALL_YEAR, BAGS),
    Product("Summer Cold Brew Blend", "Coffee", OWN, 1190, 470, 14, WARM, BAGS),
    Product("Winter Spice Roast", "Coffee", OWN, 1190, 470, 14, COLD, BAGS),
    Product("Single Farm Lot 12", "Coffee", OWN, 1690, 790, 6, ALL_YEAR),
    Product("Morning Black Tea", "Tea", OWN, 790, 260, 14, ALL_YEAR, SIZES),
    Product("Mountain Oolong", "Tea", OWN, 1290, 520, 8, ALL_YEAR, SIZES),
    Product("Garden Mint", "Tea", OWN, 690, 190, 10, WARM, SIZES),
    Product("Rooibos & Orange", "Tea", OWN, 740, 210, 10, COLD, SIZES),
    Product("Hand Grinder", "Brewing", FIELD, 8900, 4300, 6, ALL_YEAR),
    Product("Pour-over Cone", "Brewing", KILN, 2450, 880, 10, ALL_YEAR, COLOURS),
    Product("Paper Filters 100", "Brewing", FIELD, 590, 150, 24, ALL_YEAR),
    Product("French Press", "Brewing", FIELD, 3990, 1650, 7, ALL_YEAR, SIZES),
    Product("Cold Brew Bottle", "Brewing", FIELD, 2990, 1180, 8, WARM),
    Product("Kettle with Gooseneck", "Brewing", FIELD, 6900, 3350, 5, ALL_YEAR),
    Product("Stoneware Mug", "Kitchen", KILN, 1890, 620, 20, ALL_YEAR, COLOURS),
    Product("Espresso Cup, pair", "Kitchen", KILN, 2690, 900, 10, ALL_YEAR, COLOURS),
    Product("Serving Board", "Kitchen", FIELD, 3490, 1390, 6, ALL_YEAR, SIZES),
    Product("Glass Carafe", "Kitchen", KILN, 2790, 960, 8, WARM),
    Product("Tea Towel, set of 3", "Kitchen", LOOM, 1950, 640, 9, ALL_YEAR, COLOURS),
    Product("Linen Apron", "Kitchen", LOOM, 4490, 1720, 5, ALL_YEAR, COLOURS),
    Product("Wool Throw", "Home", LOOM, 8990, 3900, 6, COLD, COLOURS),
    Product("Linen Cushion", "Home", LOOM, 3990, 1480, 7, ALL_YEAR, COLOURS),
    Product("Beeswax Candle", "Home", FIELD, 1490, 430, 14, COLD, SIZES),
    Product("Picnic Blanket", "Home", LOOM, 5490, 2200, 6, WARM, COLOURS),
    Product("Herb Planter", "Garden", KILN, 2490, 870, 9, WARM, SIZES),
    Product("Watering Can", "Garden", FIELD, 3290, 1340, 6, WARM, COLOURS),
    Product("Bird Feeder", "Garden", FIELD, 2690, 990, 5, COLD),
    Product("Seed Box", "Garden", FIELD, 1290, 380, 10, WARM),
    Product("Gift Card", "Gift Cards", OWN, 2500, 2500, 3, COLD, "25:100|50:200"),
    Product("Tasting Workshop", "Workshops", OWN, 4900, 1500, 3, ALL_YEAR),
)
