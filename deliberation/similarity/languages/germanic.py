"""English and German."""

from deliberation.similarity.languages.language import Language

ENGLISH = Language(
    small="""the a an of to and or in on for with by at from as it its is are be been
        being was were that this these those they them we us you i he she our their
        your my should must shall will would can could may might have has had do does
        did need needs always ever very really just also any some so if when think
        believe feel s t ought than then there which who what about into such""",
    joins="and but",
    negative="not never no none nobody nothing neither nowhere",
    against="""ban bans banned banning forbid* forbade prohibit* stop stops
        stopped stopping prevent* avoid* refus* abolish* refrain* oppose* opposing
        opposed against reject* lack* fail fails failing remov* repeal* scrap scrapped
        cancel* eliminat* outlaw*""",
    instead="without instead_of rather_than over",
    restarts="should must shall will would can could may might ought but",
    subordinate="because cause that which who whose if unless when while since although though",
    neutral="""not_only not_just not_merely no_matter no_doubt nothing_but without_doubt
        whether_or_not no_less_than not_least""",
    opposites="""
        more increas* rais* higher expand* greater grow* / less fewer decreas* reduc* lower* cut cuts cutting shrink*
        public publicly / private* privati*
        encourag* promot* support* / discourag*
        allow* permit* unrestricted unlimited / restrict* limit*
        protect* preserv* conserv* sav* / destroy* damag* threat* endanger*
        strict* tough* harsh* / lenien* soft*
        true / false
        accept* welcom* / unaccept* unwelcom*
        win wins / lose loses
        legal* lawful* decriminal* / illegal* unlawful* criminal*
        individual* / collectiv* common communal
        rich richer wealthy / poor poorer
        good / bad evil wrong
        polite* courteous / rude* impolite
        safe safer safely / dangerous* unsafe
        honest* truth truthful* / dishonest* lie lies lying deceiv* decept*
        includ* inclusi* / exclu*
        open opened / close closed
        strong* / weak*
        easy easier easily / hard harder difficult*
        fast* quick* / slow*
        agree* / disagree*
        trust* / distrust* mistrust*
        help helps helping helpful / harm* hurt*
        love* / hate* hatred
        peace* / war wars
        majority / minority
        maximum / minimum
        first / last
        before / after
        mandatory compulsory obligatory / optional voluntar*
        free / paid
        male man men / female woman women
        urban city cities town towns / rural countryside
        left leftwing / right rightwing
        leave leaving / remain stay
        east eastern / west western
        north northern / south southern
        young* / old older elderly
        """,
    # "Under", "unite" and "discuss" are whole words, not the opposite of one.
    prefix=r"^(?:un(?!der|til|ivers|ite|ity|ion|iq)|non"
    r"|dis(?!cuss|cover|play|tribut|tinct|tanc|trict|abil|abl|eas|ast|cours|ciplin|put|pos)"
    r"|de(?=centrali|regulat|militari|fund|nuclear|segregat|privati)|mis(?=trust|inform)"
    r"|in(?=equal|just|secur|effici|effect|accura|appropr|toler|human|flexib|stab|depend)"
    r"|im(?=moral|possib|partial|proper|practic)|ir(?=respons|relev|ration))(\w{4,})$",
)

GERMAN = Language(
    small="""der die das den dem des ein eine einen einem einer eines und oder in im
        auf fur mit von vom zu zum zur bei aus als an am es ist sind sein war wird
        werden wurde dass dies diese dieser dieses sie wir ihr ich er man unser unsere
        soll sollte sollten sollen muss mussen musste darf durfen kann konnen konnte
        haben hat hatte immer auch sehr sich nur so wenn finde denke um uber nach ki""",
    joins="und aber sondern",
    negative="nicht kein keine keinen keinem keiner keines nie niemals nichts niemand nirgends weder",
    against="""verbiet* verbot* gegen verhinder* vermeid* vermied* stopp*
        abschaff* abgeschafft verweiger* untersag* verzicht* ablehn* abgelehnt""",
    instead="ohne statt anstatt anstelle",
    restarts="soll sollte sollten sollen muss mussen darf durfen kann konnen aber sondern",
    subordinate="weil dass wenn ob obwohl wahrend damit falls",
    neutral="nicht_nur nicht_bloss nicht_zuletzt ohne_zweifel nichts_anderes_als",
    opposites="""
        mehr erhoh* steiger* hoher* ausbau* grosser* / weniger senk* gesenkt* verringer* reduzier* niedriger* abbau* kleiner* begrenz* beschrank* einschrank*
        offentlich* staatlich* / privat* privatisier*
        ermutig* forder* unterstutz* / entmutig*
        erlaubt legal* / illegal*
        reich* / arm arme armen
        gut gute guten gutes / schlecht* bose*
        hoflich* freundlich* / unhoflich* unfreundlich*
        sicher* / gefahrlich* unsicher*
        ehrlich* wahrheit / unehrlich* luge lugen lugt belug* tausch*
        offen* offnen / schliess* geschlossen*
        stark* / schwach*
        schnell* / langsam*
        freiwillig* / pflicht* verpflicht*
        kostenlos* / kostenpflichtig*
        individuell* / kollektiv* gemein*
        mannlich* mann manner / weiblich* frau frauen
        stadt* stadtisch* / land landlich*
        links linke / rechts rechte
        ost* / west*
        nord* / sud*
        jung* / alt alte alten alter
        """,
    prefix=r"^un(?!d$|s|t|ser|ter|ion|i)(\w{4,})$",
)
