"""A statement and its opposite are never offered as the same, in twelve languages."""

import pytest

from deliberation.similarity import Index, fingerprint
from deliberation.similarity.polarity import may_agree, polarity

OPPOSITES = {
    "en": [
        (
            "The city should close the old bridge",
            "The city should not close the old bridge",
        ),
        (
            "Dogs should be allowed in the park",
            "Dogs should never be allowed in the park",
        ),
        ("Allow cars in the centre", "Ban cars in the centre"),
        ("We need more buses at night", "We need fewer buses at night"),
        (
            "Assistants should tell lies to children",
            "Assistants shouldn't tell lies to children",
        ),
        ("Assistants should be biased", "Assistants should be unbiased"),
        ("Buses must run with a driver", "Buses must run without a driver"),
        ("Rents should be raised", "Rents should be lowered"),
        ("Put speed over safety", "Put safety over speed"),
        ("I live in a city", "I live in the countryside"),
        ("Decentralise the hospitals", "Centralise the hospitals"),
        ("Restrict immigration", "Allow immigration"),
        ("Cannabis should be legal", "Cannabis should be illegal"),
        ("Protect the old trees", "Destroy the old trees"),
        ("Be strict and not lenient", "Be lenient and not strict"),
        ("Nobody should pay for school", "Everybody should pay for school"),
    ],
    "es": [
        ("La ciudad debe cerrar el puente", "La ciudad no debe cerrar el puente"),
        (
            "Se debe permitir fumar en el parque",
            "Nunca se debe permitir fumar en el parque",
        ),
        ("Permitir los coches en el centro", "Prohibir los coches en el centro"),
        ("Hacen falta más autobuses", "Hacen falta menos autobuses"),
        ("Viajar con billete", "Viajar sin billete"),
    ],
    "fr": [
        ("La ville doit fermer le pont", "La ville ne doit pas fermer le pont"),
        ("Il faut toujours aider les voisins", "Il ne faut jamais aider les voisins"),
        ("Autoriser les voitures au centre", "Interdire les voitures au centre"),
        ("Il faut plus de bus la nuit", "Il faut moins de bus la nuit"),
        ("Circuler avec un permis", "Circuler sans permis"),
    ],
    "de": [
        (
            "Die Stadt soll die Brücke sperren",
            "Die Stadt soll die Brücke nicht sperren",
        ),
        ("Es soll hier Autos geben", "Es soll hier keine Autos geben"),
        ("Autos im Zentrum erlauben", "Autos im Zentrum verbieten"),
        ("Wir brauchen mehr Busse", "Wir brauchen weniger Busse"),
        ("Fahren mit Fahrschein", "Fahren ohne Fahrschein"),
    ],
    "it": [
        ("La città deve chiudere il ponte", "La città non deve chiudere il ponte"),
        ("Bisogna sempre aiutare i vicini", "Non bisogna mai aiutare i vicini"),
        ("Permettere le auto in centro", "Vietare le auto in centro"),
        ("Servono più autobus di notte", "Servono meno autobus di notte"),
        ("Viaggiare con il biglietto", "Viaggiare senza biglietto"),
    ],
    "pt": [
        ("A cidade deve fechar a ponte", "A cidade não deve fechar a ponte"),
        ("Devemos ajudar os vizinhos", "Nunca devemos ajudar os vizinhos"),
        ("Permitir carros no centro", "Proibir carros no centro"),
        ("Precisamos de mais ônibus", "Precisamos de menos ônibus"),
        ("Viajar com bilhete", "Viajar sem bilhete"),
    ],
    "ko": [
        ("도시는 다리를 닫아야 한다", "도시는 다리를 닫지 말아야 한다"),
        ("공원에서 개를 허용해야 한다", "공원에서 개를 허용해서는 안 된다"),
        ("도심에서 자동차를 허용해야 한다", "도심에서 자동차를 금지해야 한다"),
        ("버스를 늘려야 한다", "버스를 줄여야 한다"),
        ("인공지능은 거짓말을 한다", "인공지능은 거짓말을 하지 않는다"),
    ],
    "ja": [
        ("市は橋を閉鎖すべきだ", "市は橋を閉鎖すべきではない"),
        ("公園に犬を入れてもよい", "公園に犬を入れてはいけない"),
        ("中心街で車を許可する", "中心街で車を禁止する"),
        ("バスを増やしてほしい", "バスを減らしてほしい"),
        ("AIは感情を持つべきです", "AIは感情を持つべきではありません"),
    ],
    "zh": [
        ("城市应该关闭这座桥", "城市不应该关闭这座桥"),
        ("公园里可以遛狗", "公园里不可以遛狗"),
        ("允许汽车进入市中心", "禁止汽车进入市中心"),
        ("应该增加公交车", "应该减少公交车"),
        ("人工智能有感情", "人工智能没有感情"),
    ],
    "ar": [
        ("يجب على المدينة إغلاق الجسر", "يجب على المدينة ألا تغلق الجسر"),
        ("ينبغي السماح بالسيارات في المركز", "لا ينبغي السماح بالسيارات في المركز"),
        ("السماح بالسيارات في المركز", "حظر السيارات في المركز"),
        ("نحتاج حافلات أكثر", "نحتاج حافلات أقل"),
        ("السفر مع تذكرة", "السفر بدون تذكرة"),
    ],
    "hi": [
        ("शहर को पुल बंद करना चाहिए", "शहर को पुल बंद नहीं करना चाहिए"),
        ("एआई को झूठ बोलना चाहिए", "एआई को कभी झूठ नहीं बोलना चाहिए"),
        ("केंद्र में कारों की अनुमति हो", "केंद्र में कारों पर प्रतिबंध हो"),
        ("हमें अधिक बसें चाहिए", "हमें कम बसें चाहिए"),
        ("टिकट के साथ यात्रा", "टिकट के बिना यात्रा"),
    ],
    "uk": [
        ("Місто повинно закрити міст", "Місто не повинно закрити міст"),
        ("Треба завжди допомагати сусідам", "Ніколи не треба допомагати сусідам"),
        ("Дозволити машини в центрі", "Заборонити машини в центрі"),
        ("Нам потрібно більше автобусів", "Нам потрібно менше автобусів"),
        ("Їздити з квитком", "Їздити без квитка"),
    ],
}
SAME = {
    "en": [
        ("We must not ban cars in the centre", "We must allow cars in the centre"),
        ("Assistants should be unbiased", "Assistants should not be biased"),
        ("Rents should not be too high, ever", "Rents shouldn’t be too high"),
    ],
    "es": [("No debe mentir nunca a los niños", "Nunca debe mentir a los niños")],
    "de": [
        ("Die Brücke darf nie gesperrt werden", "Die Brücke darf nicht gesperrt werden")
    ],
    "ja": [("市は橋を守らなければならない", "市は橋を守るべきだ")],
    "zh": [("城市不仅应该关闭这座桥", "城市应该关闭这座桥")],
}
# What all statements of a conversation are about is not what one of them is about.
SUBJECTS = {"assista", "should", "must", "be", "we"}


def pairs(listed):
    return [(code, *pair) for code, of_code in listed.items() for pair in of_code]


@pytest.mark.parametrize(("language", "one", "other"), pairs(OPPOSITES))
@pytest.mark.parametrize("has_model", [True, False], ids=["model", "words"])
def test_the_opposite_is_not_offered(language, one, other, has_model):
    for asked, stored in ((one, other), (other, one)):
        prints = [fingerprint(text, language) for text in (asked, stored)]
        if not has_model:
            prints = [made._replace(vector=b"") for made in prints]

        assert Index([(1, prints[1])]).similar_to(prints[0]) == []


@pytest.mark.parametrize(("language", "one", "other"), pairs(SAME))
def test_what_denies_the_same_passes(language, one, other):
    first, second = (
        polarity(made.words, made.language)
        for made in (fingerprint(one, language), fingerprint(other, language))
    )

    assert may_agree(first, second, lambda stem: stem not in SUBJECTS)


def test_another_number_is_another_statement():
    index = Index([(1, fingerprint("Speed limit of 30 in all streets", "en"))])

    assert index.similar("Speed limit of 50 in all streets", "en") == []


def test_the_opposite_in_another_language_is_not_offered():
    index = Index([(1, fingerprint("The city should close the bridge", "en"))])

    assert index.similar("La ciudad no debe cerrar el puente", "es") == []


def test_a_language_whose_no_is_unknown_gets_only_its_own_words():
    index = Index([(1, fingerprint("De stad moet de brug sluiten", "nl"))])

    assert index.similar("De stad moet de brug niet sluiten", "nl") == []
    assert [
        match.key for match in index.similar("de stad moet de brug sluiten!", "nl")
    ] == [1]
