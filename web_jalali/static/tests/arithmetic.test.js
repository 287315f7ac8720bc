import { describe, expect, test } from "@odoo/hoot";
import { daysInMonth, fromJalali, isLeap, latinDigits, persianDigits, toJalali } from "@web_jalali/jalali/core/arithmetic";
import { LEAP_YEARS } from "./leap_years";

describe.current.tags("headless");

describe("arithmetic", () => {
    test("leap years are the official ones", () => {
        const found = [];
        for (let year = 1206; year <= 1498; year++) {
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

test("the years begin where the official list says", () => {
    let day = Date.UTC(1827, 2, 22);
    const wrong = [];
    for (let year = 1206; year <= 1498; year++) {
        const first = fromJalali({ year, month: 1, day: 1 });
        if (Date.UTC(first.year, first.month - 1, first.day) !== day) {
            wrong.push(year);
        }
        day += (LEAP_YEARS.includes(year) ? 366 : 365) * 86400000;
    }
    expect(wrong).toEqual([]);
});

test("digits there and back", () => {
    expect(persianDigits("1405/09/02 a")).toBe("۱۴۰۵/۰۹/۰۲ a");
    expect(latinDigits("۱۴۰۵ ١٤٠٥")).toBe("1405 1405");
});
