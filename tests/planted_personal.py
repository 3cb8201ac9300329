"""Make personal data to plant, and harmless sentences that look like it.

All from a fixed seed: numbers that pass their own check, names and addresses that belong to nobody,
each in a sentence as people type it.
"""

import random
from collections.abc import Iterator

from corpus.privacy import PersonalData, passes_eleven_test

FIRST_NAMES = (
    "Anneke Bram Carlijn Dirk-Jan Esma Floris Gerrit Hatice Ilse Jeroen Khalid Lotte Maaike "
    "Noortje Omar Petra Quinten Roos Saskia Thijs Ursula Vincent Wim Xander Yusuf Zoë René Chloé"
)
FIRST = FIRST_NAMES.split()
LAST = (
    "de Vries|Jansen|van den Berg|el Amrani|Bakker-Smit|Visser|van 't Hof|Yılmaz|Mulder|de Koning|"
    "ter Horst|Okonkwo|Dijkstra|van der Meulen|O'Brien|Peeters"
)
NAMES = (
    "ik ben {}|Ik ben {} en heb een vraag over de bezwaartermijn|Hoi, ik ben {}, hoe werkt dit?|"
    "mijn naam is {}|Mijn naam is {}. Kan ik ergens terecht?|Goedemiddag mijn naam is {}, ik vroeg "
    "me af of dit mag|Ik heet {} en werk hier net|ik ben trouwens {}|m'n naam is {} hoor"
)
EMAILS = (
    "mail me op {}|Stuur het naar {}, dank!|{}|Mijn adres ({}) klopt niet|is {} het juiste adres?"
)
PHONES = "bel me op {}|Mijn nummer is {}.|je kunt {} bellen na 14:00 uur|tel. {}|({}) graag"
NUMBERS = (
    "mijn bsn is {}|BSN {}, kunnen jullie het nakijken?|burgerservicenummer: {}|het gaat om {}"
)
IBANS = "maak het over op {}|mijn rekening is {}, alvast dank|IBAN: {}|{} staat op mijn naam"
ADDRESSES = "ik woon op {}|Stuur de map naar {}.|het gaat om {}, daar staat het water|adres: {}"


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _name(rng: random.Random) -> str:
    first, last = rng.choice(FIRST), rng.choice(LAST.split("|"))
    name = rng.choice([first, f"{first} {last}", f"{first} {last}", f"{first[0]}. {last}"])
    return name.lower() if rng.random() < 0.15 and "." not in name else name


def _email(rng: random.Random) -> str:
    local = rng.choice(["{0}.{1}", "{0}_{1}", "{0}{1}+hr", "{0}-{1}9"])
    local = local.format(rng.choice(FIRST).lower(), rng.choice(["visser", "bakker", "dejong"]))
    host = rng.choice(["provincie-x.nl", "mail.voorbeeld.org", "postvak.eu", "VOORBEELD.NL"])
    return f"{local}@{host}" if rng.random() < 0.9 else f"{local} (at) {host}"


def _phone(rng: random.Random) -> str:
    d = _digits(rng, 8)
    mobile = [f"06{d}", f"06-{d}", f"06 {d[:4]} {d[4:]}", f"+31 6 {d}", f"0031 6{d}", f"+316{d}"]
    pairs = " ".join(d[n : n + 2] for n in range(0, 8, 2))
    mobile += [f"06 {pairs}", f"06.{pairs.replace(' ', '.')}"]
    land = [f"020-{d[:7]}", f"0592 {d[:6]}", f"(030) {d[:3]} {d[3:5]} {d[5:7]}"]
    return rng.choice([*mobile, *land, f"+31 (0)20 {d[:7]}", f"+32 4{d}", f"+49 151 {d}"])


def _bsn(rng: random.Random) -> str:
    while True:
        d = str(rng.randint(1, 9)) + _digits(rng, 8)
        if passes_eleven_test(d):
            return rng.choice([d, d, f"{d[:3]} {d[3:6]} {d[6:]}", f"{d[:4]}.{d[4:6]}.{d[6:]}"])


def _iban(rng: random.Random) -> str:
    bank, account = rng.choice(["ABNA", "INGB", "RABO", "TRIO"]), _digits(rng, 10)
    number = "".join(str(int(c, 36)) for c in f"{bank}{account}NL00")
    plain = f"NL{98 - int(number) % 97:02}{bank}{account}"
    grouped = " ".join(plain[n : n + 4] for n in range(0, 18, 4))
    return rng.choice([plain, grouped, plain.lower(), grouped.replace(" ", ".")])


def _address(rng: random.Random) -> str:
    letters = rng.choice(["AB", "KL", "XZ", "HW", "PD", "TR"])
    postcode = f"{rng.randint(1000, 9999)}{rng.choice(['', ' '])}{letters}"
    house = f"{rng.randint(1, 399)}{rng.choice(['', '', 'A', '-2', ' bis'])}"
    street = rng.choice(["Kerkstraat", "Lange Voorhout", "Burg. Smitlaan", "Plein van de Vrede"])
    return rng.choice(
        [f"{postcode} {house}", f"{postcode}, {house}", f"{street} {house}, {postcode}"]
    )


def planted() -> Iterator[tuple[PersonalData, str, str]]:
    """Yield 300 times (kind, item, text with the item in it)."""
    rng = random.Random(20260205)  # noqa: S311 - test data, no secret
    plans = (
        (PersonalData.NAME, NAMES, _name),
        (PersonalData.EMAIL, EMAILS, _email),
        (PersonalData.PHONE, PHONES, _phone),
        (PersonalData.BSN, NUMBERS, _bsn),
        (PersonalData.IBAN, IBANS, _iban),
        (PersonalData.ADDRESS, ADDRESSES, _address),
    )
    for kind, carriers, make in plans:
        for _ in range(50):
            item = make(rng)
            yield kind, item, rng.choice(carriers.split("|")).format(item)


HARMLESS = (
    "zaak {n6} loopt nog|in {year} {year2} was dat anders|de Koning komt in {year}|"
    "Het kost {n6} euro per jaar|artikel {n2} lid {n1} van de wet|kamer {n3} op etage {n1}|"
    "dossier {year}-{n6} is zoek|we hadden {n3} deelnemers en {n2} vragen|"
    "om {n2}:15 uur begint het|"
    "ik ben {role}|Ik ben {Role} bij de provincie|Mijn naam is niet belangrijk, mijn vraag wel|"
    "mijn naam is haas|ik ben benieuwd naar versie {n1}.{n2}|Ik ben de Koning te rijk|"
    "op {d}-{d}-{year} om {d}:30 uur|van {year} tot {year2} is er {n2}% bij gekomen|"
    "bestelnummer {n6}-{n3} klopt niet|De commissaris van de Koning tekent in {year}|"
    "ordernummer {n8} staat open|er zijn {n1}.{n3}.{n3} inwoners|blz {n2} t/m {n3}|A{n2} en N{n3}|"
    "{year} en {n2} daarvan zijn af|HB{n4} in {year} is {n1} keer gebruikt|"
    "ik ben het eens met punt {n1}|"
    "zie motie M{n3} uit {year}|de {n4} van {year}|in {year} HR-beleid herzien|"
    "teams code {n3} {n3} {n3}"
)
ROLES = "bang|nieuw hier|trots op ons team|er klaar mee|jurist|projectleider|statenlid|benieuwd"


def harmless_traps(count: int) -> Iterator[str]:
    """Yield harmless sentences with numbers, years and capitals."""
    rng = random.Random(7)  # noqa: S311 - test data, no secret
    for _ in range(count):
        role = rng.choice(ROLES.split("|"))
        fields = {f"n{n}": f"{rng.randint(10 ** (n - 1), 10**n - 1)}" for n in (1, 2, 3, 4, 6, 8)}
        years = {"year": rng.randint(1990, 2030), "year2": rng.randint(1990, 2030)}
        day = f"{rng.randint(1, 12):02}"
        yield rng.choice(HARMLESS.split("|")).format(
            **fields, **years, d=day, role=role, Role=role.capitalize()
        )
