import { afterEach, beforeEach, describe, expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import {
    deserializeDate,
    parseDate,
    parseDateTime,
    serializeDate,
    serializeDateTime,
    toLocaleDateString,
} from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { brand, isBranded, unbrand } from "@web_jalali/jalali/core/brand";
import { patchLuxon } from "@web_jalali/jalali/core/luxon_patch";

const { DateTime, Settings } = luxon;

describe.current.tags("headless");

describe("luxon", () => {
    let day, restore, stock;

    beforeEach(() => {
        const { defaultLocale, defaultNumberingSystem, defaultZone } = Settings;
        stock = { defaultLocale, defaultNumberingSystem, defaultZone };
        patchWithCleanup(localization, {
            dateFormat: "yyyy/MM/dd",
            timeFormat: "HH:mm:ss",
            dateTimeFormat: "yyyy/MM/dd HH:mm:ss",
            weekStart: 6,
        });
        // As the localization service leaves them for fa_IR.
        Object.assign(Settings, { defaultLocale: "fa-IR", defaultNumberingSystem: "latn", defaultZone: "Asia/Tehran" });
        day = DateTime.fromObject({ year: 2026, month: 11, day: 23, hour: 9, minute: 30 }, { zone: "Asia/Tehran" });
        restore = patchLuxon();
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
            "٢ آذر ١٤٠٥": "2026-11-23",
            "١٤٠٥/٩/٢": "2026-11-23",
            "دوشنبه ۲ آذر ۱۴۰۵": "2026-11-23",
            "دوشنبه، ۲ آذر ۱۴۰۵": "2026-11-23",
            "\u200f۱۴۰۵/۰۹/۰۲\u200f": "2026-11-23",
            "02/09/1405": "2026-11-23",
            "1370/06/31": "1991-09-22",
            "۱۴۰۳/۱۲/۳۰": "2025-03-20",
            "1990/12/31": "1990-12-31",
        };
        for (const [text, stored] of Object.entries(typed)) {
            expect(serializeDate(parseDate(text))).toBe(stored);
        }
        expect(serializeDateTime(parseDateTime("1405/10/05 09:30:00"))).toBe("2026-12-26 06:00:00");
        expect(serializeDateTime(parseDateTime("۱۴۰۵/۱۰/۰۵"))).toBe("2026-12-25 20:30:00");
        expect(serializeDateTime(parseDateTime("۵ دی ۱۴۰۵ ساعت ۹:۳۰"))).toBe("2026-12-26 06:00:00");
        expect(serializeDateTime(parseDateTime("۵ دی ۱۴۰۵، ۲:۱۵ ب.ظ"))).toBe("2026-12-26 10:45:00");
    });

    test("impossible dates are refused, in whatever spelling", () => {
        for (const text of ["1404/12/30", "۱۴۰۴/۱۲/۳۰", "1404-12-30", "14041230", "1405/13/01", "1405-07-31", "۱۴۰/۴۱/۲۲۹", "۳۱ مهر ۱۴۰۵", "پیرارسال"]) {
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

    test("a day and its month are of this year, as they are shown", () => {
        mockDate("2027-01-10 12:00:00", "Asia/Tehran");
        expect(serializeDate(parseDate("۲ آذر"))).toBe("2026-11-23");
        const fall = DateTime.fromISO("2026-11-23");
        expect(toLocaleDateString(fall)).toMatch(/۲ آذر/);
        expect(serializeDate(parseDate(toLocaleDateString(fall)))).toBe("2026-11-23");
        // The same Gregorian year, another Jalali one.
        mockDate("2026-12-10 12:00:00", "Asia/Tehran");
        expect(toLocaleDateString(DateTime.fromISO("2026-03-01"))).toMatch(/۱۰ اسفند ۱۴۰۴/);
    });

    test("words and terms relative to today", () => {
        mockDate("2026-11-23 09:30:00", "Asia/Tehran");
        const typed = {
            امروز: "2026-11-23",
            فردا: "2026-11-24",
            دیروز: "2026-11-22",
            today: "2026-11-23",
            "+1m": "2026-12-23",
            "+۲d": "2026-11-25",
            "today +4m -1d": "2027-03-21",
            "=1d": "2026-11-22",
            "=30d": "2026-12-21",
            "=1d -1d": "2026-11-21",
            "+3w": "2026-12-14",
            "-5": "2026-11-18",
            "=monday": "2026-11-23",
        };
        for (const [text, stored] of Object.entries(typed)) {
            expect(serializeDate(parseDate(text))).toBe(stored);
        }
    });

    test("relative text counts Jalali months and years", () => {
        mockDate("2026-11-23 09:30:00", "Asia/Tehran");
        expect(DateTime.fromISO("2026-11-26T09:30").toRelativeCalendar()).toBe("۳ روز دیگر");
        expect(DateTime.fromISO("2026-11-20T09:30").toRelativeCalendar({ unit: "months" })).toMatch(/ماه (گذشته|پیش)/);
        expect(DateTime.fromISO("2026-12-20T09:30").toRelativeCalendar({ unit: "months" })).toBe("این ماه");
        expect(DateTime.now().minus({ hours: 2 }).toRelative()).toBe("۲ ساعت پیش");
        expect(luxon.Duration.fromObject({ hours: 2, minutes: 30 }).toFormat("h:mm")).toBe("۲:۳۰");
    });

    test("English orders of month, day and year become the Persian one", () => {
        expect(day.toFormat("MMM dd, yyyy")).toBe("۲ آذر ۱۴۰۵");
        expect(day.toFormat("ccc, MMM d, yyyy")).toBe("دوشنبه, ۲ آذر ۱۴۰۵");
        expect(day.toFormat("DDD")).toBe("۲ آذر ۱۴۰۵");
    });

    test("formats that machines read pass through", () => {
        expect(day.toFormat("yyyy-LL-dd_HH-mm")).toBe("2026-11-23_09-30");
        expect(day.toFormat("HHmmddMMyyyy")).toBe("093023112026");
        expect(day.toFormat("MM/yyyy")).toBe("11/2026");
        expect(day.toISO()).toBe("2026-11-23T09:30:00.000+03:30");
        expect(day.toSQLDate()).toBe("2026-11-23");
        expect(deserializeDate("2026-11-23").toISODate()).toBe("2026-11-23");
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
        restore = patchLuxon();
    });
});
