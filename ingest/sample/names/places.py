"""Names of settlements, by their last element; none is a real place of England.

Made of the elements of which English names are made (Old English, Norse, Norman), and held against
every name of a place, ward, authority or school in the publishers' files by a test.
"""

from types import MappingProxyType
from typing import Final

from ingest.sample.names.lists import words

PLACES: Final = MappingProxyType(
    {
        "ford": words("""
            Alringford Askelford Bracklesford Brendleford Corringford Culverford Darnleford
            Dunsleford Eskerford Fennersford Frithford Gadlesford Garsford Hadlesford
            Haldersford Halmsford Hernford Iverford Kelsford Lamblesford Larksford Loxleford
            Maltersford Merrowford Mossingford Nestleford Orlingford Osmerford Pennelsford
            Pillingford Ramblesford Rushelford Selmersford Skelsford Stavelford Tansleford
            Tarlingford Tolvesford Ulverford Wendleford Windleford Wishelford Withersford
            Yarlsford
            """),
        "ham": words("""
            Aldersham Bellersham Brantlesham Brinsham Brocklesham Candlesham Colversham
            Corvenham Crossingham Dallingsham Dassingham Dockingham Ellingsham Elmersham
            Fallingham Felsingham Gostlingham Haxingham Hollersham Kelversham Larlingham
            Lavensham Ludgersham Marsingham Mundlesham Ordingham Osmersham Pallingham Peltingham
            Redlesham Sallowham Skerningham Threlsingham Thurlesham Tilvesham Wardlesham
            Wolvesham Wrentlesham Yelverham
            """),
        "ton": words("""
            Arlaston Bellaston Brannerton Brinkleton Coverton Dalliston Dunmarton Elverton
            Farrowton Gannaton Hallerston Hensterton Hessleton Ivaston Kelmerton Lathington
            Lorrington Merraton Mosserton Norriston Ollaton Pelliston Perriston Radlaston
            Rallaton Shalliston Stanneston Tarraton Thellaston Tolverton Varrington Weddaston
            Wellaton Wragleton Yarleton
            """),
        "wick": words("""
            Askwick Brackwick Brenwick Calverwick Carrowick Dunnerwick Elvanwick Eskwick
            Garswick Gresswick Hallowick Harlwick Kelderwick Loxwick Merrowick Osterwick
            Pellwick Saltwick Sandlewick Scarwick Thorwick Ulverwick Varrowick Welderwick
            Yaxwick
            """),
        "mere": words("""
            Aldermere Ambermere Bittermere Brackmere Callowmere Corsmere Crossmere Eldermere
            Haddermere Hartmere Ivelmere Kelmere Larkmere Merlemere Quillmere Ravelmere Reedmere
            Saddlemere Sedgemere Swanmere Tarnmere Thelmere Whinmere Wrenmere
            """),
        "bury": words("""
            Ardenbury Brenbury Cadlesbury Coldersbury Corbury Cransbury Dunsbury Eddlesbury
            Elmsbury Fallowbury Felsbury Garrowbury Halversbury Hensbury Hexbury Iversbury
            Kelsbury Ledgebury Levenbury Marlbury Oddlebury Orlesbury Pennbury Quarlbury Rambury
            Scarbury Shelbury Silsbury Tarnsbury Tolbury Ulverbury Warlbury Wendlebury Wissbury
            Yeldersbury
            """),
        "ley": words("""
            Benderley Bramsley Collersley Cressley Dunnerley Elvesley Farnsley Hathersley
            Haversley Inkersley Kirsley Lambsley Limberley Marksley Merrisley Ollersley
            Ottersley Pensley Thackersley Uldersley Wolversley Yardersley
            """),
        "worth": words("""
            Askworth Brackworth Brindleworth Corlsworth Cottisworth Dallworth Finsworth Gadworth
            Ivesworth Kedworth Kelworth Lamsworth Marlsworth Munsworth Netherworth Ollisworth
            Orsworth Pelsworth Pennworth Quennworth Radworth Scarsworth Selworth Sibsworth
            Tadsworth Tarlsworth Thelworth Wexworth Wrensworth Yelworth
            """),
        "field": words("""
            Aldenfield Colderfield Elvenfield Farrowfield Hallowfield Harlefield Haverfield
            Kestlefield Larkenfield Osterfield Peverfield Rushfield Sandlefield Tarnfield
            Waverfield
            """),
        "stead": words("""
            Alstead Ashlingstead Brackstead Brinstead Corstead Cranstead Farnstead Hartlestead
            Hollinstead Iverstead Kelstead Larstead Pelstead Quenstead Rushstead Tarstead
            Thelstead Yarstead
            """),
        "hurst": words("""
            Aldhurst Ashlinghurst Brackhurst Brambleshurst Calverhurst Elverhurst Fallowhurst
            Foxlehurst Harkhurst Holmhurst Ivyhurst Larkhurst Pennhurst Quillhurst Ravenshurst
            Rushhurst Sallowhurst Thistlehurst Ulverhurst Wexhurst Wrenhurst Yewhurst
            """),
        "den": words("""
            Bensden Brackden Callowden Corsden Cransden Elmsden Fawden Hadlinden Hollinden
            Horsden Iddenden Kelden Mallinden Ollenden Pellden Shelden Sorrelden Wickden
            Wittlenden
            """),
        "combe": words("""
            Askcombe Brincombe Callcombe Dallacombe Fallowcombe Ferracombe Gorscombe Hensacombe
            Kelcombe Lullcombe Marracombe Merrycombe Orracombe Pellcombe Sallacombe Tarcombe
            Wellacombe
            """),
        "bourne": words("""
            Brackbourne Corbourne Cressbourne Elbourne Hawbourne Iselbourne Kelbourne Linbourne
            Lullbourne Maltbourne Ottlebourne Pelbourne Quenbourne Ravelbourne Rushbourne
            Sedgebourne Tarbourne Wadbourne Wynbourne Yarbourne
            """),
        "bridge": words("""
            Alderbridge Askbridge Brackbridge Cranbridge Dunnerbridge Elverbridge Fenbridge
            Halverbridge Hartbridge Hexbridge Iselbridge Kelbridge Larkbridge Maltbridge
            Marbridge Osterbridge Otterbridge Ravenbridge Rushbridge Saltbridge Stanebridge
            Wellbridge Wendbridge Westerbridge
            """),
        "mouth": words("""
            Brackmouth Corvemouth Elvermouth Fenmouth Hartmouth Ivelmouth Kelmouth Leddermouth
            Merrowmouth Ottermouth Saltmouth Sandmouth Skelmouth Swinmouth Ulvermouth Wexmouth
            Wrenmouth
            """),
        "haven": words("""
            Aldhaven Brenhaven Elmhaven Harkhaven Holmhaven Larkhaven Merehaven Penhaven
            Quayhaven Ravenhaven Saltinghaven Sandlehaven Skelhaven Ternhaven
            """),
        "ness": words("""
            Brackness Elverness Gullness Holmeness Larkness Ravenness Saltness Skelness Ternness
            """),
        "staithe": words("Aldstaithe Brackstaithe Holmstaithe Larkstaithe Saltstaithe Wexstaithe"),
        "by": words("""
            Askby Brackenby Brannaby Caldersby Corraby Dallaby Dunnerby Fossaby Gannaby Garlaby
            Hennaby Hollaby Ingerby Kelderby Lathaby Lennaby Mallaby Mossaby Narraby Orraby
            Pellaby Rannaby Rossaby Sallaby Scaldaby Selkaby Skellaby Tarraby Thirlaby Thirsby
            Tollaby Ulverby Varraby Wennaby Yarraby
            """),
        "thorpe": words("""
            Askthorpe Brackthorpe Calverthorpe Corrithorpe Dallithorpe Elverthorpe Eskthorpe
            Fallowthorpe Gannthorpe Hollithorpe Lennithorpe Mossthorpe Orlthorpe Pellthorpe
            Rannthorpe Scarthorpe Skelthorpe Wennithorpe
            """),
        "thwaite": words("""
            Brackthwaite Eskthwaite Fallthwaite Ingthwaite Kelthwaite Mossthwaite Rannthwaite
            Skelthwaite Wythwaite
            """),
        "toft": words("""
            Askertoft Brackentoft Eskertoft Garthtoft Hallertoft Kelsetoft Larktoft Mosstoft
            Rannetoft Scaldtoft Thistletoft Ulvertoft Yarrowtoft
            """),
        "well": words("""
            Alderwell Amberwell Brackwell Brathwell Cressingwell Farrowell Helmswell Ivywell
            Larkswell Lullwell Maltswell Merrowell Pellswell Rushwell Thrushwell Wendwell
            """),
        "holme": words("""
            Alderholme Brackholme Ellerholme Eskholme Fernholme Kelholme Merholme Norholme
            Otterholme Pellholme Ravenholme Selholme Tarholme Ulverholme Wexholme Yarholme
            """),
        "dale": words("""
            Alderdale Eskeldale Hexdale Keldersdale Larkdale Merrowdale Orradale Rushdale
            Skelldale Sorreldale Tarndale Thrushdale Whindale Yarradale
            """),
        "wold": words("Aldwold Brackwold Harwold Larkwold Ravenwold Selwold Tarwold"),
        "don": words("""
            Brackdon Callowdon Corradon Dunnerdon Elverdon Farradon Farrowdon Ivendon Larkdon
            Merrowdon Norrisdon Orrisdon Pelladon Rallidon Sallidon Shelverdon Tarradon Wexdon
            Yarradon
            """),
        "low": words("Brinslow Corslow Elvenlow Ravenslow Wexlow"),
        "over": words("""
            Brackover Brinsover Callover Dunover Hallsover Hexover Kelsover Larkover Marlover
            Pellsover
            """),
        "shaw": words("""
            Brackshaw Calvershaw Ellershaw Fallowshaw Kelshaw Larkshaw Osmershaw Scarshaw
            Tarnshaw Thistleshaw Wexshaw
            """),
        "holt": words("""
            Brackholt Dunholt Elverholt Fernholt Harkholt Hartholt Kelholt Larkholt Oakholt
            Pellholt Wexholt Yewholt
            """),
        "edge": words("Brackedge Fallowedge Ravenedge"),
        "stow": words("""
            Aldstow Brackstow Callistow Elverstow Hallistow Hollistow Kelstow Larkstow Merristow
            Orlistow Pellistow Quenstow Ravenstow Wendstow
            """),
        "hithe": words("Brackhithe Fenhithe Larkhithe Otterhithe Rushhithe Swanhithe"),
        "cester": words("""
            Ambercester Brenchester Calchester Corcester Dunnercester Elmchester Elvercester
            Holchester Kelcester Tarcester Tolchester Velchester Wexchester
            """),
        "minster": words("""
            Aldminster Bellminster Brenminster Corminster Culminster Dunminster Elminster
            Fenminster Halminster Iselminster Merminster Staminster Thelminster Wexminster
            """),
        "borough": words("""
            Brackborough Corborough Dunborough Ellerborough Hallborough Hexborough Kelborough
            Larkborough Loxborough Pellborough Ramborough Saxborough Skelborough Thelborough
            """),
        "port": words("Brackport Elverport Eskport Hexport Ravenport Staneport Wexport"),
        "pool": words("Brackpool Kelpool Larkpool Saltpool Tarnpool Yarpool"),
        "other": words("""
            Aldthorne Braythe Brenning Caythorne Colrick Corrock Corvick Fernsey Ganthorne
            Hallick Hallsey Harthorne Hollock Landrick Larksey Orrick Pellsey Ransey Skelsey
            Tarling Tarrock Tennick Thelling Thelsey Thrale Wennick Wenthorne
            """),
    }
)
