import { afterEach, beforeEach, describe, expect, test } from "@odoo/hoot";
import { deserializeDate, deserializeDateTime, parseDate, parseDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { persianDigits } from "@web_jalali/jalali/core/arithmetic";
import { brand } from "@web_jalali/jalali/core/brand";
import { patchLuxon } from "@web_jalali/jalali/core/luxon_patch";
import { LEAP_YEARS } from "./leap_years";

const { Settings } = luxon;

describe.current.tags("headless");

// Tehran changed its clocks at midnight until 2022; São Paulo at midnight, too, so that days began at one o'clock.
const ZONES = ["Asia/Tehran", "Asia/Kabul", "America/Sao_Paulo", "UTC"];
const pad = (number) => String(number).padStart(2, "0");

/** Every day from 1 Farvardin 1300 to the end of 1450 as [Gregorian text, Jalali text], counted by the official list. */
function* everyDay() {
    let time = Date.UTC(1921, 2, 21);
    for (let year = 1300; year <= 1450; year++) {
        for (let month = 1; month <= 12; month++) {
            const days = month <= 6 ? 31 : month < 12 || LEAP_YEARS.includes(year) ? 30 : 29;
            for (let day = 1; day <= days; day++) {
                yield [new Date(time).toISOString().slice(0, 10), `${year}/${pad(month)}/${pad(day)}`, day === days];
                time += 86400000;
            }
        }
    }
}

let restore, stock;

beforeEach(() => {
    const { defaultLocale, defaultNumberingSystem, defaultZone } = Settings;
    stock = { defaultLocale, defaultNumberingSystem, defaultZone };
    patchWithCleanup(localization, {
        dateFormat: "yyyy/MM/dd",
        timeFormat: "HH:mm:ss",
        dateTimeFormat: "yyyy/MM/dd HH:mm:ss",
    });
    // What a zone's offset is at a moment, the browser is asked once; a date asks some twenty times.
    const offsets = new Map();
    patchWithCleanup(luxon.IANAZone.prototype, {
        offset(moment) {
            const key = `${this.name} ${moment}`;
            if (!offsets.has(key)) {
                offsets.set(key, super.offset(moment));
            }
            return offsets.get(key);
        },
    });
    restore = patchLuxon();
});

afterEach(() => {
    restore();
    Object.assign(Settings, stock);
});

for (const zone of ZONES) {
    test.timeout(120000);
    test(`every day from 1300 to 1450 goes there and back in ${zone}`, () => {
        Object.assign(Settings, { defaultLocale: "fa-IR", defaultNumberingSystem: "latn", defaultZone: zone });
        const wrong = [];
        let count = 0;
        for (const [gregorian, jalali, isLast] of everyDay()) {
            const shown = persianDigits(jalali);
            const date = deserializeDate(gregorian);
            const typed = parseDate(shown);
            const isRight =
                date.toFormat("yyyy/MM/dd") === shown &&
                typed.toISODate() === gregorian &&
                // The wire's own text takes the platform long; it is asked for the days where months end.
                (!isLast || (serializeDate(typed) === gregorian && brand(date).endOf("month").toISODate() === gregorian));
            if (!isRight) {
                wrong.push(`${gregorian} ${jalali}`);
            }
            count++;
        }
        expect(count).toBe(55152);
        expect(wrong).toEqual([]);
    });

    test.timeout(120000);
    test(`noon of every tenth day goes there and back in ${zone}`, () => {
        Object.assign(Settings, { defaultLocale: "fa-IR", defaultNumberingSystem: "latn", defaultZone: zone });
        const wrong = [];
        let count = 0;
        for (const [gregorian, jalali] of everyDay()) {
            if (count++ % 10) {
                continue;
            }
            const moment = luxon.DateTime.fromISO(`${gregorian}T12:34:56`);
            const shown = moment.toFormat("yyyy/MM/dd HH:mm:ss");
            const stored = serializeDateTime(parseDateTime(shown));
            if (shown !== persianDigits(`${jalali} 12:34:56`) || +deserializeDateTime(stored) !== +moment) {
                wrong.push(`${gregorian} ${jalali}`);
            }
        }
        expect(wrong).toEqual([]);
    });
}
