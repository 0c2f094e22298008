"""Words that streets, parks, waters, saints and trusts of the made-up country are named with."""

from typing import Final

from ingest.sample.names.lists import words

TREES: Final = words("""
    Alder Apple Ash Aspen Bay Beech Birch Blackthorn Bramble Broom Buckthorn Cedar Cherry Chestnut
    Cypress Damson Elder Elm Fir Hawthorn Hazel Heather Holly Hornbeam Ivy Juniper Laburnum Larch
    Laurel Lilac Lime Magnolia Maple Medlar Mulberry Myrtle Oak Olive Osier Pear Pine Plane Plum
    Poplar Privet Quince Rose Rowan Sallow Spindle Spruce Sycamore Walnut Whitebeam Willow Yew
    """)
FLOWERS: Final = words("""
    Aster Betony Bluebell Burnet Campion Clover Columbine Cornflower Cowslip Crocus Daffodil Daisy
    Fennel Foxglove Gentian Harebell Honeysuckle Iris Jasmine Lavender Lupin Mallow Marigold
    Marjoram Meadowsweet Orchid Poppy Primrose Rosemary Saffron Sage Sorrel Speedwell Tansy Teasel
    Thistle Thyme Valerian Vetch Violet Wisteria Woodruff Yarrow
    """)
BIRDS: Final = words("""
    Avocet Bittern Blackbird Bunting Chaffinch Cormorant Cuckoo Curlew Dove Dunlin Fieldfare
    Finch Goldcrest Goldfinch Grebe Heron Kestrel Kingfisher Kite Lapwing Linnet Magpie Mallard
    Martin Nightingale Nuthatch Oriole Osprey Partridge Pintail Pipit Plover Redwing Robin Rook
    Sandpiper Shearwater Siskin Skylark Starling Swallow Swan Swift Teal Tern Thrush Turnstone
    Wagtail Warbler Waxwing Wheatear Whinchat Wigeon Woodlark Woodpecker Wren Yellowhammer
    """)
LANDMARKS: Final = words("""
    Abbey Almshouse Bakery Barn Beacon Bell Brewery Bridge Castle Chapel Chapter Church Corn
    Cottage Cross Dovecote Ferry Forge Gate Granary Grange Green Hall Hermitage Horseshoe Lodge
    Maltings Manor Market Meadow Mill Moat Orchard Paddock Park Pinfold Pound Priory Pump Quarry
    Rectory School Smithy Spring Stable Station Tannery Tower Vicarage Vine Warren Weavers Well
    Wharf Wheelwright Windmill Wool
    """)
TERRAIN: Final = words("""
    Bank Barley Beck Bourne Brook Bracken Chalk Common Copse Cornfield Crest Dale Deer Dell Down
    Fallow Fen Field Ford Fox Furze Glade Gorse Hare Harvest Heath Hill Hollow Hop Lake Lark
    Leveret Marsh Moor Otter Oat Pasture Pebble Pond Ridge River Rush Rye Sand Sedge Shepherd
    Slade Spinney Stone Sunny Thicket Valley Wheat Wood
    """)
TERRACES: Final = words("""
    Albion Alma Arthur Balmoral Beaconsfield Caroline Clarence Coronation Edinburgh Gladstone
    Hanover Inkerman Jubilee Mafeking Nelson Osborne Prince Queen Regent Sandringham Trafalgar
    Trinity Union Victoria Waterloo Wellington Windsor
    """)
"""What terraces of the nineteenth century are called after, all over England."""

WORKS: Final = words("""
    Anvil Bobbin Boiler Bowline Brassfounders Coopers Crucible Dock Foundry Furnace Gasworks
    Hawser Kiln Loom Piston Press Ropewalk Sawmill Shuttle Siding Slipway Spindle Tramway Turbine
    """)
SURNAMES: Final = words("""
    Aldershaye Alstrowe Ansgarth Barrowend Belthorne Brathrick Bursledge Callowin Cawdrell
    Corrindale Cresslake Dunnerick Eddlestowe Elverick Fallowick Farrowend Garlowick Gildermay
    Halverdine Harkstone Hestrick Ingarth Ivenshaw Kelderick Kestrow Lambrick Larkwell Lennerby
    Marlowick Merrowend Netherlow Orlaby Osmerick Pelladine Quillborne Rallowin Ravelstone
    Selmerick Skelverton Tarrowby Thelmarsh Torvell Ulverdine Varrowby Wenderlow Yelverick
    """)
"""Families that never were, after whom streets, schools and trusts are called."""

SAINTS: Final = words("""
    Aldreth Aldwyth Ansgyth Beorwen Bertrith Brenwyn Cenfrith Ceolwyth Cuthrin Eadrith Ealswyn
    Edrith Eldwyn Elstrith Estrith Ethelwen Frithwyn Godwyth Guthren Heardwyn Helmfrey Hereswyn
    Hildreth Kenwyth Leofrin Merewyn Mildwyn Ordgyth Osfrith Osgarth Oswen Rolfrith Saxwyn Sebwyn
    Sigwen Tethwyn Theldreda Thurwen Tilfrith Ulfrey Wenfrey Wilmund Wulfreth Wynfrey
    """)
"""No saint of this name is venerated; church schools and some villages are called after them."""

RIVERS: Final = words("""
    Aldel Arrel Asker Brindle Cresset Dunner Elver Esker Fennel Gannow Hallow Idder Isel Kelder
    Lambel Larken Linnow Mallow Merrow Orrel Ossel Pellow Quill Rallow Ravel Sallow Selmer Skeller
    Tarrow Thessel Tolver Ulver Varrow Wend Wether Wissel Yarl Yelver
    """)
SEAS: Final = words("""
    Bittern Curlew Gannet Gull Kelp Merrow Petrel Plover Ravens Saltern Sandle Sealers Skua Smelt
    Tern Wrack
    """)
"""Before Bay, Bight, Sound or Deep."""

TRUST_WORDS: Final = words("""
    Acorn Anchor Beacon Bridges Compass Cornerstone Evergreen Fairway Harbour Horizon Keystone
    Lantern Meridian Milestone Pathways Pinnacle Riverbank Sapling Skylark Springboard Stepping
    Summit Tapestry Threshold Unity Waymark
    """)
