import { afterEach, beforeEach, describe, expect, test } from "@odoo/hoot";
import { parseDate, parseDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { daysInMonth, fromJalali, isLeap, toJalali } from "@web_jalali/jalali/core/arithmetic";
import { brand, isBranded, unbrand } from "@web_jalali/jalali/core/brand";
import { activate } from "@web_jalali/jalali/core/luxon_patch";

const { DateTime, Settings } = luxon;

describe.current.tags("headless");

// Leap years of the official calendar, 1370 to 1440.
const LEAP_YEARS = [1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436];

describe("arithmetic", () => {
    test("leap years are the official ones", () => {
        const found = [];
        for (let year = 1370; year < 1440; year++) {
            if (isLeap(year)) {
                found.push(year);
            }
        }
        expect(found).toEqual(LEAP_YEARS);
    });

    test("every day of two centuries agrees with the browser's Persian calendar", () => {
        const persian = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
            year: "numeric",
            month: "numeric",
            day: "numeric",
            timeZone: "UTC",
        });
        const wrong = [];
        for (let time = Date.UTC(1900, 0, 1); time < Date.UTC(2100, 0, 1); time += 86400000) {
            const date = new Date(time);
            const gregorian = {
                year: date.getUTCFullYear(),
                month: date.getUTCMonth() + 1,
                day: date.getUTCDate(),
            };
            const jalali = toJalali(gregorian);
            const parts = Object.fromEntries(
                persian.formatToParts(date).map(({ type, value }) => [type, Number(value)])
            );
            const back = fromJalali(jalali);
            if (
                ["year", "month", "day"].some(
                    (unit) => parts[unit] !== jalali[unit] || back[unit] !== gregorian[unit]
                )
            ) {
                wrong.push(date.toISOString());
            }
        }
        expect(wrong).toEqual([]);
    });

    test("no day where the calendar has none", () => {
        expect(fromJalali({ year: 1404, month: 12, day: 30 })).toBe(null);
        expect(fromJalali({ year: 1405, month: 13, day: 1 })).toBe(null);
        expect(fromJalali({ year: 1405, month: 7, day: 31 })).toBe(null);
        expect(daysInMonth(1403, 12)).toBe(30);
    });
});

describe("luxon", () => {
    let day, restore, stock;

    beforeEach(() => {
        const { defaultLocale, defaultNumberingSystem, defaultZone } = Settings;
        stock = { defaultLocale, defaultNumberingSystem, defaultZone };
        patchWithCleanup(localization, {
            dateFormat: "yyyy/MM/dd",
            timeFormat: "HH:mm:ss",
            dateTimeFormat: "yyyy/MM/dd HH:mm:ss",
        });
        // As the localization service leaves them for fa_IR.
        Object.assign(Settings, { defaultLocale: "fa-IR", defaultNumberingSystem: "latn", defaultZone: "Asia/Tehran" });
        day = DateTime.fromObject({ year: 2026, month: 11, day: 23, hour: 9, minute: 30 }, { zone: "Asia/Tehran" });
        restore = activate();
    });

    afterEach(() => {
        restore();
        Object.assign(Settings, stock);
    });

    test("shown in Jalali with Persian digits", () => {
        expect(day.toFormat("yyyy/MM/dd HH:mm:ss")).toBe("۱۴۰۵/۰۹/۰۲ ۰۹:۳۰:۰۰");
        expect(day.toFormat("d MMMM yyyy 'd'")).toBe("۲ آذر ۱۴۰۵ d");
        expect(day.setLocale("fa-IR").toLocaleString(DateTime.DATE_MED)).toMatch(/۲ آذر ۱۴۰۵/);
    });

    test("the wire stays Gregorian with Latin digits", () => {
        expect(serializeDate(day)).toBe("2026-11-23");
        expect(serializeDateTime(day)).toBe("2026-11-23 06:00:00");
        expect(serializeDate(brand(day).plus({ months: 1 }))).toBe("2026-12-23");
        expect(JSON.stringify(brand(day))).toBe(JSON.stringify(day));
        expect(day.toFormat("yyyy-MM-dd HH:mm:ss")).toBe("2026-11-23 09:30:00");
    });

    test("typed dates", () => {
        const typed = {
            "۱۴۰۵/۰۹/۰۲": "2026-11-23",
            "1405/9/2": "2026-11-23",
            "05/9/2": "2026-11-23",
            "1405-09-02": "2026-11-23",
            14050902: "2026-11-23",
            "۲ آذر ۱۴۰۵": "2026-11-23",
            "۱ تير ۱۴۰۵": "2026-06-22",
            "1370/06/31": "1991-09-22",
            "۱۴۰۳/۱۲/۳۰": "2025-03-20",
            "1990/12/31": "1990-12-31",
        };
        for (const [text, stored] of Object.entries(typed)) {
            expect(serializeDate(parseDate(text))).toBe(stored);
        }
        expect(serializeDateTime(parseDateTime("1405/10/05 09:30:00"))).toBe("2026-12-26 06:00:00");
        expect(serializeDateTime(parseDateTime("۱۴۰۵/۱۰/۰۵"))).toBe("2026-12-25 20:30:00");
    });

    test("impossible dates are refused, in whatever spelling", () => {
        for (const text of ["1404/12/30", "۱۴۰۴/۱۲/۳۰", "1404-12-30", "14041230", "1405/13/01", "1405-07-31", "دیروز"]) {
            expect(() => parseDate(text)).toThrow(/./);
            expect(() => parseDateTime(`${text} 10:00:00`)).toThrow(/./);
        }
    });

    test("what is shown reads back as the same moment", () => {
        let date = DateTime.fromObject({ year: 1985, month: 3, day: 1, hour: 12 }, { zone: "Asia/Tehran" });
        for (let index = 0; index < 800; index++) {
            expect(+parseDateTime(date.toFormat("yyyy/MM/dd HH:mm:ss"))).toBe(+date);
            date = date.plus({ days: 23 });
        }
    });

    test("a branded date counts in Jalali, its months and years", () => {
        const branded = brand(day);
        expect(isBranded(branded)).toBe(true);
        expect(isBranded(unbrand(branded))).toBe(false);
        expect([branded.year, branded.month, branded.day, branded.quarter]).toEqual([1405, 9, 2, 3]);
        expect(branded.startOf("month").toISODate()).toBe("2026-11-22");
        expect(branded.endOf("month").toISODate()).toBe("2026-12-21");
        expect(branded.startOf("quarter").toISODate()).toBe("2026-09-23");
        expect(branded.startOf("year").toISODate()).toBe("2026-03-21");
        expect(branded.endOf("year").toISODate()).toBe("2027-03-20");
        expect(branded.set({ month: 12, day: 29 }).plus({ day: 1 }).toISODate()).toBe("2027-03-21");
        expect(brand(branded.set({ year: 1403, month: 6, day: 31 })).plus({ months: 6 }).toISODate()).toBe("2025-03-20");
        expect(branded.minus({ years: 1, months: 9 }).toISODate()).toBe("2025-02-20");
        expect(unbrand(branded).equals(day)).toBe(true);
    });

    test("taken away again, luxon is as it was", () => {
        restore();
        expect(day.setLocale("en-US").toFormat("yyyy/MM/dd")).toBe("2026/11/23");
        restore = activate();
    });
});
