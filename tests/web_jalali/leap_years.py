"""The leap years 1206 to 1498 as the calendar authority lists them, with the first days that follow from nothing else.

Calendar Centre of the Institute of Geophysics, University of Tehran, «کبیسه‌های شمسی ۱۲۰۶ تا ۱۴۹۸»:
https://calendar.ut.ac.ir/Fa/News/Data/Doc/KabiseShamsi1206-1498-new.pdf
"""

FIRST, LAST = 1206, 1498

#: leap years that come five years after the one before; the others come after four
FIVE_YEARS = (1210, 1243, 1276, 1309, 1342, 1375, 1408, 1441, 1474)

# fmt: off
LEAP_YEARS = frozenset((
    1210, 1214, 1218, 1222, 1226, 1230, 1234, 1238,
    1243, 1247, 1251, 1255, 1259, 1263, 1267, 1271,
    1276, 1280, 1284, 1288, 1292, 1296, 1300, 1304,
    1309, 1313, 1317, 1321, 1325, 1329, 1333, 1337,
    1342, 1346, 1350, 1354, 1358, 1362, 1366, 1370,
    1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403,
    1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436,
    1441, 1445, 1449, 1453, 1457, 1461, 1465, 1469,
    1474, 1478, 1482, 1486, 1490, 1494, 1498,
))
# fmt: on

#: Gregorian first days of some years, as the list prints them
FIRST_DAYS = {
    1206: "1827-03-22",
    1244: "1865-03-21",
    1276: "1897-03-20",
    1300: "1921-03-21",
    1343: "1964-03-21",
    1375: "1996-03-20",
    1376: "1997-03-21",
    1404: "2025-03-21",
    1405: "2026-03-21",
    1409: "2030-03-21",
    1441: "2062-03-20",
    1475: "2096-03-20",
    1498: "2119-03-21",
}
