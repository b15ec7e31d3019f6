"""The countries of the demo world: names, cities and phone numbers, all made up or reserved.

The phone numbers are those that regulators set aside for films and examples (Bundesnetzagentur,
ARCEP, PTS, Ofcom, NANPA's 555-01xx): valid in form, given to nobody. The Netherlands reserve none,
so nobody there has a phone in this world.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class City:
    """A city with its region; a zip is `zip_start` and two digits."""

    name: str
    region_code: str
    region: str
    zip_start: str


@dataclass(frozen=True)
class Phones:
    """`count` numbers from `start` on; `trunk` replaces the country code in the national form."""

    start: int
    count: int
    country_code: str
    trunk: str


@dataclass(frozen=True)
class Country:
    """`weight` is the share of people in a thousand; `market` decides which ads reach them."""

    code: str
    name: str
    market: str
    shop: str
    language: str
    weight: int
    women: str
    men: str
    families: str
    streets: str
    cities: tuple[City, ...]
    phones: tuple[Phones, ...]


def _blocks(country_code: str, trunk: str, count: int, *starts: str) -> tuple[Phones, ...]:
    return tuple(Phones(int(f"{country_code}{s}"), count, country_code, trunk) for s in starts)


AREA_CODES = (
    201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224,
    225, 228, 229, 231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270,
    276, 281, 301, 302, 303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318,
    319, 320, 321, 323, 325, 330, 334, 336, 337, 339, 347, 351, 352, 360, 361, 386, 401, 402,
    404, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 417, 419, 423, 425, 432, 434, 435,
    440, 443, 469, 478, 479, 480, 484, 501, 502, 503, 504, 505, 507, 508, 509, 510, 512, 513,
    515, 516, 517, 518, 520, 530, 540, 541, 551, 559, 561, 562, 563, 567, 570, 571, 573, 574,
    580, 585, 586, 601, 602, 603, 605, 606, 607, 608, 609, 610, 612, 614, 615, 616, 617, 618,
    619, 620, 623, 626, 630, 631, 636, 641, 646, 650, 651, 660, 661, 662, 678, 682, 701, 702,
    703, 704, 706, 707, 708, 712, 713, 714, 715, 716, 717, 718, 719, 720, 724, 727, 731, 732,
    734, 740, 754, 757,
)  # fmt: skip

COUNTRIES = (
    Country(
        "DE", "Germany", "eu", "eu", "de", 300,
        "Anna Lena Emma Hannah Mia Clara Greta Ida Leyla Ayşe Fatma Nour Mai Olga Katja Ute "
        "Heike Sabine Renate Birgit",
        "Jonas Lukas Felix Paul Emil Anton Mehmet Yusuf Karim Minh Dmitri Sven Uwe Jürgen "
        "Dieter Ralf Moritz Oskar Theo Björn",
        "Müller Schmidt Schneider Fischer Weber Becker Hoffmann Schäfer Koch Bauer Richter Klein "
        "Wolf Yılmaz Kaya Demir Nguyen Kowalski Petrov Haddad Vogel Brandt Lorenz Sommer Winter",
        "Lindenweg,Hafenstraße,Gartenallee,Mühlenweg,Am Markt,Bergstraße,Schulgasse,Ringstraße",
        (
            City("Berlin", "BE", "Berlin", "101"),
            City("Hamburg", "HH", "Hamburg", "200"),
            City("Köln", "NW", "Nordrhein-Westfalen", "506"),
            City("München", "BY", "Bayern", "803"),
            City("Leipzig", "SN", "Sachsen", "041"),
        ),
        _blocks("49", "0", 1000, "3023125000", "6990009000", "4066969000", "8999998000")
        + _blocks("49", "0", 1000, "2214710000")
        + _blocks("49", "0", 100, "17139200" + "00", "176040690" + "00"),
    ),
    Country(
        "FR", "France", "eu", "eu", "fr", 180,
        "Camille Léa Chloé Manon Inès Zoé Amina Fatou Mariam Yasmine Linh Élodie Sophie Nathalie "
        "Isabelle Brigitte Margaux Jeanne",
        "Hugo Louis Gabriel Jules Arthur Mamadou Karim Rayan Idriss Tuan Thierry Laurent Pascal "
        "Olivier François Étienne Marius Baptiste",
        "Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Simon Laurent Diallo "
        "Traoré Benali Haddad Nguyen Fontaine Rousseau Mercier Blanchard Garnier Faure",
        "rue des Tilleuls,avenue du Port,rue de la Gare,place du Marché,chemin Vert,rue Haute",
        (
            City("Paris", "IDF", "Île-de-France", "750"),
            City("Lyon", "ARA", "Auvergne-Rhône-Alpes", "690"),
            City("Nantes", "PDL", "Pays de la Loire", "440"),
            City("Lille", "HDF", "Hauts-de-France", "590"),
        ),
        _blocks("33", "0", 10000, "199000000", "261910000", "353010000", "465710000")
        + _blocks("33", "0", 10000, "536490000"),
    ),
    Country(
        "NL", "Netherlands", "eu", "eu", "nl", 70,
        "Sanne Fleur Lotte Anouk Femke Maryam Zeynep Esra Mei Ingrid Wilma Joke",
        "Daan Sem Bram Thijs Lars Mohammed Emre Jayden Ravi Henk Kees Willem",
        "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Yıldız Singh "
        "Amrani",
        "Lindelaan,Havenstraat,Molenweg,Dorpsstraat,Kerkplein",
        (
            City("Amsterdam", "NH", "Noord-Holland", "101"),
            City("Utrecht", "UT", "Utrecht", "351"),
            City("Groningen", "GR", "Groningen", "971"),
        ),
        (),
    ),
    Country(
        "SE", "Sweden", "nordics", "eu", "sv", 150,
        "Astrid Saga Elsa Maja Alva Ebba Freja Åsa Karin Birgitta Amira Hodan Leila Sara Nadia "
        "Ulla Gunilla Linnéa",
        "Oskar Elias Nils Axel Gustav Björn Lennart Håkan Göran Abdi Omar Reza Mattias Anders "
        "Viktor Ludvig Sixten Åke",
        "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Lindqvist Bergström "
        "Sjöberg Hassan Ali Mohammadi Öberg Åkesson Ekström Holm",
        "Storgatan,Lindvägen,Hamngatan,Skolgatan,Kyrkvägen,Björkstigen",
        (
            City("Stockholm", "AB", "Stockholm", "111"),
            City("Göteborg", "O", "Västra Götaland", "411"),
            City("Malmö", "M", "Skåne", "211"),
            City("Umeå", "AC", "Västerbotten", "903"),
        ),
        _blocks("46", "0", 95, "701740605")
        + _blocks("46", "0", 100, "313900600", "406280400", "980319200", "846500400"),
    ),
    Country(
        "GB", "United Kingdom", "eu", "eu", "en", 100,
        "Olivia Amelia Isla Ava Grace Florence Aisha Priya Zainab Chloe Siobhan Margaret Susan "
        "Gwen Efua Jasmine",
        "Oliver George Arthur Noah Alfie Muhammad Arjun Kwame Callum Rhys Angus Graham Keith "
        "Nigel Darius Ciaran",
        "Smith Jones Taylor Brown Williams Evans Patel Khan Begum Okafor Mensah Campbell Murphy "
        "O'Neill Hughes Wood Turner Shah Fletcher Ashworth",
        "Linden Road,Harbour Street,Mill Lane,High Street,Church Walk,Station Road",
        (
            City("London", "ENG", "England", "SE1 "),
            City("Manchester", "ENG", "England", "M1 "),
            City("Edinburgh", "SCT", "Scotland", "EH1 "),
            City("Cardiff", "WLS", "Wales", "CF10 "),
        ),
        _blocks("44", "0", 1000, "2079460000", "1134960000", "1144960000", "1164960000")
        + _blocks("44", "0", 1000, "1174960000", "1184960000", "1214960000", "1314960000")
        + _blocks("44", "0", 1000, "1414960000", "1514960000", "1614960000", "1914980000")
        + _blocks("44", "0", 1000, "2920180000"),
    ),
    Country(
        "US", "United States", "us", "us", "en", 200,
        "Emily Madison Ashley Sofia Valentina Camila Aaliyah Imani Destiny Grace Mei Linh Aiyana "
        "Ruth Deborah Carol Guadalupe Priya",
        "Jacob Ethan Mason Diego Mateo Santiago DeShawn Malik Tyrone Wei Hiroshi Raj Wyatt "
        "Harold Walter Frank Luis Elijah",
        "Johnson Williams Brown Garcia Rodriguez Martinez Hernandez Lopez Washington Jefferson "
        "Nguyen Chen Kim Patel Yazzie Cohen Sullivan Kowalski Rossi Baker Carter Reed",
        "Linden Avenue,Harbor Street,Mill Road,Main Street,Maple Drive,Oak Lane,Lakeview Court",
        (
            City("New York", "NY", "New York", "100"),
            City("Chicago", "IL", "Illinois", "606"),
            City("Austin", "TX", "Texas", "787"),
            City("Portland", "OR", "Oregon", "972"),
            City("Atlanta", "GA", "Georgia", "303"),
        ),
        _blocks("1", "", 100, *(f"{area}5550100" for area in AREA_CODES)),
    ),
)  # fmt: skip
