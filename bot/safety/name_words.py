"""Words that are names of people, and words that look like one and aren't, for `bot.safety.person_names`."""

from __future__ import annotations

import re

from bot.word_class import word_class

NO_NAME = word_class(
    """
    aan achter al alle als altijd alvast anders bedankt bedoel bedoelt bekend ben bent best beste beter bij dan dank
    dat de deze die dit door drie dus echt een eigenlijk en er even ga gaat geen geheim gewoon goed goedemiddag
    goedemorgen graag groet groeten had hallo heb hebben heeft heer heet heette het hier hij hoe hoi hoor hun iemand
    iets ik in is ja je jij jou jouw kan koers komt kon krijgt lijdt maar mag mee meer meneer met mevrouw mij mijn
    moest moet mogen mvg na naar nee net niet niks nog nooit nou nu of om onbekend onder ondertekend ons ook op over
    pas per prima samen sinds soms te tegen toch toen tot twee u uit uw vaak van vandaag vanuit vermeld via volgens
    voor vriendelijke vroeger waar wanneer want waren was wat we weer weet weg wel welke welkom werd werkt weten wie
    wij wil wilde willen worden wordt zal zat ze zeggen zegt zei zelf zich zij zijn zit zo zoekt zonder zou zowel
    """
)
"""Words that can follow a cue such as "ik ben" or "mijn klant" without being a name."""

NO_NAME_CAPITAL = word_class(
    """
    Aan Alleen Alles Als April Augustus België Ben Bent Beste Betaalt Bij Corona Dag Dan Dank Dat De December Deze
    Die Dinsdag Dit Doe Domein Donderdag Door Duits Dus Een En Engels Er Europa Even Excel Februari Ga Geachte Geef
    Geen Gemeente Goede Goedemiddag Goedemorgen Goedenavond Google Groet Groeten Had Hallo Heb Heeft Heet Help Het
    Hey Hi Hoe Hoeveel Hoi Hulp Iemand Ik In Inkomen Is Ja Januari Je Juli Juni Kan Kerst Koers Krijg Krijgt Kun
    Kunnen Kunt Lieve Maandag Maar Maart Mag Marokkaans Mei Meneer Met Mevrouw Midden Mijn Mijnheer Ministerie Moet
    Moeten Na Naar Nederland Nederlands Nederlandse Nee Niet Noord Nou November Nu Of Oktober Om Onze Ook Oost Op
    Over Pasen Per Pools Project Raad Ramadan Regio Rijk Samen September Sinds Sociaal Sociale Sorry Stel Stichting
    Surinaams Te Teams Toen Tot Turks Uit Van Vanaf Vandaag Vereniging Vertel Via Volgens Voor Vrijdag Waar Waarom
    Wanneer Want Was Wat We Weet Welk Welke Werk Werkt West Wet Wie Wij Wil Woensdag Word Wordt Zaken Zal Zaterdag
    Ze Zie Zijn Zit Zo Zondag Zonder Zoom Zorg Zou Zuid
    """
)
"""Beginnings of sentences and other capitalised words that belong to no one."""

ORGANISATIONS = word_class(
    """
    Academie BV B.V. Bakkerij Bank Bouw Bureau Centrum College Gemeente Groep Hogeschool Hotel Instituut Kliniek
    Kringloop Ministerie NV N.V. Provincie Regio Restaurant Schoonmaak School Stichting Supermarkt Supermarkten
    Techniek Transport Uitzendbureau Uitzendbureaus Uitzendburo Universiteit Verenigde Vereniging Verzekeringen
    Ziekenhuis Zorg Zorggroep
    """
)
"""Words of which a name that has one is an organisation's."""

COMPANIES = re.compile(
    r"(?<!\w)(?:Albert Heijn|Jumbo|Lidl|Aldi|Dirk van den Broek|Plus Supermarkt|Hoogvliet|Vomar|Coop|Spar|Etos|Kruidvat|Hema"
    r"|Blokker|Action|Ikea|Gamma|Praxis|Karwei|Bol\.com|Coolblue|MediaMarkt|Media Markt|PostNL|Post NL|DHL|Picnic|Thuisbezorgd"
    r"|Randstad|Tempo[- ]Team|Start People|Manpower|Adecco|Olympia|Timing|Unique|Luba|Young Capital|YoungCapital|Philips|Shell"
    r"|Unilever|Heineken|ASML|Tata Steel|Schiphol|KLM|NS|ProRail|Prorail|Rabobank|ING|ABN AMRO|Achmea|Zilveren Kruis|Menzis|CZ|VGZ"
    r"|Aegon|Nationale[- ]Nederlanden|Zorg en Zekerheid|De Goudse|Interpolis|Parnassia|Altrecht|Arkin|Dimence|GGZ [A-Z]\w+"
    r"|Leger des Heils|Rode Kruis|MEE|Lentis|Mondriaan|Antes|Mediant|Novadic[- ]Kentron|Jellinek|Tactus|HVO[- ]Querido"
    r"|Van Gansewinkel|Van der Valk|Van Haren|De Bijenkorf|Bijenkorf|Zeeman|Wibra|Intratuin|McDonald'?s|Mc Donalds|Starbucks"
    r"|Vakcentrum|Pantar|Patijnenburg|Ergon|Senzer|Larcom|Presikhaas|Tomingroep|WerkSaam|Werkom|Amfors|Caparis|Iederz"
    r"|Humanitas|Cordaan|Philadelphia|Lister|Kwintes|RIBW|Trajectum|Emergis|Reinier van Arkel|Reinier van Arkelgroep|Yulius"
    r"|Excel|Word|Whats[Aa]pp|Facebook|Linked[Ii]n|Indeed|Teams|Zoom|Google)(?!\w)"
)
"""Companies and institutions whose names would pass for those of people; they may be said."""

FIRST_NAMES = word_class(
    """
    aad aart abdel abdul abdullah achmed adriaan adrie agnes ahmed ahmet aisha albert alex alexander ali alice alie
    alina amber amina amir amira anke anna anneke annelies annemarie annemiek anouk ans anton antoon arend arie
    arjan arjen arnold astrid ayse ayşe barbara barend bas bastiaan beata ben bernard bert bianca bilal bob boris
    bram brenda brigitte carin carla carlos caroline catharina cees chantal charlotte chris christiaan christina
    claudia coen conny cor corine cornelis daan daniel danielle danny david dennis derya diana dick diederik dieuwke
    dirk dirkjan dominique dorien elif eline elise ellen els elske emine emma emre eric erik erwin esra esther eva
    evelien evert fadma farid fatih fatima fatma femke ferry floor floris frank frans freek frits geert geertje
    gerard gerda gerrit gert gijs guus habiba hakan hamid hanneke hannie hans harm harry hasan hassan heleen hendrik
    henk henny herman hermien hilda houda huseyin ibrahim igor ilse ina ineke inge ingrid irene iris irma ivo jaap
    jack jacob jacqueline jan janine janneke jannie jasmijn jasper jayden jeanette jeffrey jelle jeroen jesse
    jessica jetta joanna johan johanna john joke jolanda joost joris jos jose josé jurgen jurre kamil karel karim
    karin karolina katarzyna kees kevin khadija khalid kim klaas koen krzysztof laila lars laura leila leon leonie
    leyla lieke liesbeth lieven linda lisa lisanne loes lotte louis lucas luuk maaike maarten magda malika manon
    marcel marco margriet maria marian marianne marieke marijke marina marion marjan marjolein marleen marlies
    marloes martijn martin martine mathijs matthijs mehmet melanie melissa merel mia michael michel michelle mieke
    milan mina miriam mirjam mohamed mohammed monique mourad murat mustafa myrthe nadia nancy naomi natasja nathalie
    nicole niek niels nina noor nora omar onno oscar osman patricia patrick paul paula pauline peter petra piet
    pieter pim piotr rachid rachida ramon raymond renate rene rené rianne richard rick rik rita rob robbert robert
    robin roel roelof rogier roland ronald ruben rudolf ruud said saida samira samuel sander sandra sanne sara sarah
    saskia saïd sebastiaan selma sem serkan sharon silvia simone sjaak sjoerd sofie sophie stefan stefanie stephan
    steven suzanne sven sylvia tamara tanja teun theo thijs thomas tijmen tim tineke tjeerd tom toon truus ursula
    valerie vera vincent wendy wesley wiebe wilbert wilhelmina willem willemijn wilma wim wouter yasmin yasmina
    youssef yusuf yvette yvonne zahra zeynep
    """
)

AMBIGUOUS_FIRST_NAMES = word_class(
    """
    albert alie amber bas ben bob connie demi dick els floor frank frans gwen hans hind iris jack jasmijn joke kelly lars
    lieve linde loes luna maria marina maud merel mike mina mo rob robin roos rosa said sem shanti thea toon tuba
    """
)
"""First names that are ordinary words, or common in expressions: names only beside another sign of one."""

CLEAR_FIRST_NAMES = FIRST_NAMES - AMBIGUOUS_FIRST_NAMES

SURNAMES = word_class(
    """
    ali amrani arslan aydin bakker benali berg blom boer bos bosch bouali brink broek brouwer celik claessens dekker
    demir dijk dijkstra driessen gerritsen graaf groot haan haddad hassan heijden hendriks hermans heuvel hoekstra
    huisman jacobs jansen janssen janssens jong jonge kaya khan kok koning koster kowalski kramer kuiper kuipers
    leeuwen linden maas martens meijer meijers meyer mohamed molenaar mulder nguyen nowak ozturk peeters peters
    petersen pietersen postma prins ruiter sahin scholten schouten singh smit timmermans veen veenstra verhoeven
    vermeulen visser vliet vos vries wal wijk willems wit wojcik yilmaz yılmaz çelik öztürk
    """
)
