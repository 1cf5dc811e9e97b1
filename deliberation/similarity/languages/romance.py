"""Spanish, French, Italian and Portuguese: two words of "no" are one."""

from deliberation.similarity.languages.language import Language

SPANISH = Language(
    small="""el la los las un una unos unas de del a al y e o u en con por para que se
        su sus es son ser sea esta estan estar este esta esto lo le les nos mi tu como
        debe deben deberia deberian tiene tienen puede pueden ha han haber hay siempre
        muy tambien si yo creo pienso cuando donde desde hasta ia""",
    joins="y e pero sino",
    negative="no nunca jamás ningún ninguna ninguno nada nadie ni tampoco",
    against="""prohib* contra evit* impid* imped* rechaz* elimin* suprim* abol* oponer*""",
    instead="sin en_lugar_de en_vez_de por_encima_de antes_que",
    restarts="debe deben debería deberían tiene tienen puede pueden pero sino",
    subordinate="porque que quien si cuando mientras aunque",
    neutral="no_solo no_solamente no_obstante sin_embargo sin_duda nada_más no_importa",
    opposites="""
        más aument* subir suban increment* mayor ampliar* / menos reduc* reduz* baj* disminu* menor recort* limit* restring*
        público* pública* / privad* privatiz*
        alent* fomen* promov* apoy* / desalent* desanim*
        legal legales legaliz* / ilegal*
        rico* rica* / pobre*
        bueno* buena* buen bien / malo* mala* mal
        amable* cort* educad* / groser* maleducad*
        segur* / peligros* insegur*
        honest* verdad* sincer* / deshonest* mentir* mienta* miente* engañ*
        inclu* / exclu*
        abiert* abrir / cerrad* cerrar
        fuerte* / débil*
        fácil* / difícil*
        rápid* / lent*
        gratis gratuit* / pago pagad*
        obligatori* / voluntari* opcional*
        individual* / colectiv* común
        hombre* masculin* / mujer* femenin*
        ciudad* urban* / campo rural*
        izquierda / derecha
        joven* jóvenes / viej* mayores
        """,
    prefix=r"^(?:des|in|im)(honest\w*|just\w*|segur\w*|util\w*|respet\w*)$",
    is_concordant=True,
)

FRENCH = Language(
    small="""le la les l un une des du de d a au aux et ou en dans sur pour par avec que
        qu qui ce cet cette ces c il elle ils elles on nous vous je j tu son sa ses
        leur leurs notre nos est sont etre soit ont avoir doit doivent devrait
        devraient peut peuvent faut toujours tres aussi se s si comme ne n pense
        crois ia""",
    joins="et mais",
    negative="pas jamais aucun aucune rien personne non ni nul nulle",
    against="""interdi* contre évite* empêche* refus* rejet* supprim* aboli*
        bannir banni* proscri*""",
    instead="sans au_lieu_de plutôt_que au_détriment_de",
    restarts="doit doivent devrait devraient faut peut peuvent mais",
    subordinate="parce que qui si quand lorsque tandis",
    neutral="pas_seulement non_seulement sans_doute par_contre n_importe pas_moins une_personne la_personne les_personnes chaque_personne toute_personne personne_âgée",
    opposites="""
        plus augment* hausse* élev* accroître / moins rédui* réduc* baiss* diminu* limit* restrei*
        public* publique* / privé* privatis*
        encourag* promouv* soutenir soutien* / décourag*
        légal* légale* / illégal*
        riche* / pauvre*
        bon bonne bons bonnes bien / mauvais* mal
        poli polie polis polies courtois* / impoli* grossi*
        sûr sûre sûrs sécuri* / dangereu*
        honnêt* vérité véridique* / malhonnêt* menti* mensonge* tromp*
        inclu* / exclu*
        ouvert* ouvrir / fermé* fermer
        fort forte forts fortes / faible*
        facile* / difficile*
        rapid* vite / lent*
        gratuit* / payant*
        obligatoire* / facultati* volontaire*
        individuel* / collecti* commun*
        homme* masculin* / femme* féminin*
        ville* urbain* / campagne* rura*
        gauche / droite
        jeune* / vieux vieille* âgé*
        """,
    prefix=r"^(?:mal|in|im|ir)(honnet\w*|just\w*|util\w*|respect\w*|partial\w*)$",
    is_concordant=True,
)

ITALIAN = Language(
    small="""il lo la i gli le l un uno una di del dello della dei degli delle d a al
        allo alla ai agli alle da dal dalla in nel nella nei nelle con su sul sulla per
        tra fra e ed o che chi si ci è sono essere sia deve devono dovrebbe dovrebbero
        può possono ha hanno avere sempre molto anche se come suo sua loro io noi
        penso credo questo questa quest ia""",
    joins="e ed ma",
    negative="non mai nessun nessuno nessuna niente nulla né",
    against="""vieta* proibi* contro evita* impedi* rifiuta* elimina* abolir*
        aboli* bandi*""",
    instead="senza invece_di piuttosto_che anziché",
    restarts="deve devono dovrebbe dovrebbero può possono ma",
    subordinate="perché che chi se quando mentre sebbene",
    neutral="non_solo non_soltanto senza_dubbio non_appena",
    opposites="""
        più aument* alz* maggior* incrementa* / meno ridu* diminu* abbass* minor* tagli* limit* restring*
        pubblic* / privat* privatizz*
        incoraggi* promuov* sosten* / scoraggi*
        legal* / illegal*
        ricc* / pover*
        buon buono buona buoni bene / cattiv* male
        gentil* educat* cortes* / maleducat* scortes*
        sicur* / pericolos* insicur*
        onest* verità sincer* / disonest* menti* menzogn* ingann*
        inclu* / esclu*
        apert* aprire / chius* chiudere
        forte forti / debol*
        facil* / difficil*
        rapid* veloc* / lent*
        gratis gratuit* / pagamento
        obbligatori* / volontari* facoltativ*
        individual* / collettiv* comun*
        uomo uomini maschi* / donna donne femmin*
        città urban* / campagna rural*
        sinistra / destra
        giovan* / vecch* anzian*
        """,
    prefix=r"^(?:dis|in|im|ir)(onest\w*|giust\w*|util\w*|rispett\w*|parzial\w*)$",
    is_concordant=True,
)

PORTUGUESE = Language(
    small="""o a os as um uma uns umas de do da dos das e ou em no na nos nas num numa
        com por pelo pela para que se seu sua seus suas é são ser seja está estão ao aos
        à às deve devem deveria deveriam pode podem tem têm ter há sempre muito também
        eu nós ele ela eles como quando este esta isso acho penso ia""",
    joins="e mas",
    negative="não nunca jamais nenhum nenhuma nada ninguém nem",
    against="""proib* contra evit* imped* recus* rejeit* elimin* aboli* banir
        banid* suprim*""",
    instead="sem em_vez_de ao_invés_de acima_de",
    restarts="deve devem deveria deveriam pode podem tem têm mas",
    subordinate="porque que quem se quando enquanto embora",
    neutral="não_só não_apenas não_somente sem_dúvida não_obstante",
    opposites="""
        mais aument* subir elev* maior ampliar* / menos reduz* redu* diminu* baix* menor cort* limit* restring*
        públic* / privad* privatiz*
        incentiv* promov* apoi* encoraj* / desencoraj* desincentiv*
        legal legais legaliz* / ilegal ilegais
        rico rica ricos ricas / pobre*
        bom boa bons boas bem / mau má maus más mal
        gentil gentis educad* cortês / rude* grosseir* mal_educad*
        segur* / perigos* insegur*
        honest* verdad* sincer* / desonest* mentir mentira* minta engan*
        inclu* / exclu*
        abert* abrir / fechad* fechar
        forte fortes / frac*
        fácil fáceis / difícil difíceis
        rápid* / lent*
        grátis gratuit* / pago pagos
        obrigatóri* / voluntári* opcional
        individua* / coletiv* comum
        homem homens masculin* / mulher* feminin*
        cidade* urban* / campo rura*
        esquerda / direita
        jovem jovens / velh* idos*
        """,
    prefix=r"^(?:des|in|im)(onest\w*|just\w*|segur\w*|util\w*|respeit\w*|parcial\w*)$",
    is_concordant=True,
)
