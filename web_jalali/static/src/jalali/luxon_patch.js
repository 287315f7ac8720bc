/**
 * Every date of the web client goes through luxon: shown by `toFormat` and `toLocaleString`, typed through `fromFormat`.
 * These are the seams; wire formats (Latin numbering system, or ISO patterns) pass through untouched.
 * Inactive, nothing here is installed at all.
 */
import { toRaw } from "@odoo/owl";
import {
    MONTHS,
    daysInMonth,
    fromJalali,
    latinDigits,
    persianDigits,
    toJalali,
} from "@web_jalali/jalali/arithmetic";

const { DateTime } = luxon;
const JALALI = Symbol("jalali");
const GREGORIAN_FROM = 1700; // a typed year from here on is meant as Gregorian

/** The same moment, whose months and years are Jalali ones in all arithmetic. For pickers only; never leaves them. */
export function brand(date) {
    const copy = unbrand(date);
    copy[JALALI] = true;
    return copy;
}

export function unbrand(date) {
    const copy = Object.assign(Object.create(DateTime.prototype), toRaw(date));
    delete copy[JALALI];
    return copy;
}

export function isBranded(date) {
    return Boolean(date && toRaw(date)[JALALI]);
}

function pad(number, width) {
    return String(number).padStart(width, "0");
}

/** Text of a calendar token of luxon's format language, or null for tokens that are no matter of the calendar. */
function tokenText(token, parts) {
    switch (token[0]) {
        case "y":
            return token.length === 2 ? pad(parts.year % 100, 2) : pad(parts.year, token.length);
        case "M":
        case "L":
            return token.length >= 3 ? MONTHS[parts.month - 1] : pad(parts.month, token.length);
        case "d":
            return pad(parts.day, token.length);
    }
    return null;
}

/** Replace the calendar tokens of a luxon format by quoted Jalali text. */
function jalaliFormat(format, parts) {
    return format.replace(/'[^']*'|([a-zA-Z])\1*/g, (token) => {
        const text = token[0] === "'" ? null : tokenText(token, parts);
        return text === null ? token : `'${text}'`;
    });
}

function isWire(format, options) {
    return options?.numberingSystem === "latn" || /^yyyy-(MM|LL)-dd/.test(format);
}

function invalid(reason) {
    return DateTime.invalid("unit out of range", reason);
}

/** Year as typed: two digits are of this century or the end of the last. */
function fullYear(year) {
    if (year >= 100) {
        return year;
    }
    return year < 60 ? 1400 + year : 1300 + year;
}

function parseTyped(original, text, format, options) {
    const plain = latinDigits(text).trim();
    const words = plain.match(/^(\d{1,2}) (\S+) (\d{4})$/);
    if (words && MONTHS.includes(words[2])) {
        const day = fromJalali({
            year: Number(words[3]),
            month: MONTHS.indexOf(words[2]) + 1,
            day: Number(words[1]),
        });
        return day ? DateTime.fromObject(day, { zone: options.zone }) : invalid("no such Jalali day");
    }
    const parse = (value) =>
        DateTime.fromFormatExplain(value, format, { locale: "en-US", numberingSystem: "latn" });
    let { matches } = parse(plain);
    if (!matches?.y) {
        // Any separator will do where the format has one.
        const separator = format.match(/[/.-]/)?.[0];
        matches = separator ? parse(plain.replace(/[/.-]/g, separator)).matches : null;
    }
    if (!matches || !("y" in matches && "M" in matches && "d" in matches)) {
        return matches && Object.keys(matches).length
            ? original.call(DateTime, plain, format, { ...options, numberingSystem: "latn" })
            : invalid("not a date");
    }
    const typed = { year: fullYear(matches.y), month: matches.M, day: matches.d };
    const day = typed.year >= GREGORIAN_FROM ? typed : fromJalali(typed);
    if (!day) {
        return invalid("no such Jalali day");
    }
    const { H: hour = 0, m: minute = 0, s: second = 0 } = matches;
    return DateTime.fromObject({ ...day, hour, minute, second }, { zone: options.zone });
}

function patchDisplay() {
    const { toFormat, toLocaleString } = DateTime.prototype;
    DateTime.prototype.toFormat = function (format, options) {
        if (!this.isValid || isWire(format, options)) {
            return toFormat.call(unbrandIfNeeded(this), format, options);
        }
        const plain = unbrandIfNeeded(this);
        return persianDigits(toFormat.call(plain, jalaliFormat(format, toJalali(plain)), options));
    };
    DateTime.prototype.toLocaleString = function (format = {}, options = {}) {
        const plain = unbrandIfNeeded(this);
        if (!plain.isValid) {
            return toLocaleString.call(plain, format, options);
        }
        const wanted = { ...format };
        // The client leaves out the year by comparing Gregorian ones, wrongly from Dey to Esfand.
        if (wanted.day && wanted.month && toJalali(plain).year !== toJalali(DateTime.now()).year) {
            wanted.year = "numeric";
        }
        return persianDigits(toLocaleString.call(plain, wanted, options));
    };
}

function unbrandIfNeeded(date) {
    return isBranded(date) ? unbrand(date) : date;
}

function patchInput() {
    const { fromFormat, fromISO, fromSQL } = DateTime;
    // Only typed text asks to keep the zone it carries (`parseDateTime`); server values never do.
    DateTime.fromFormat = function (text, format, options = {}) {
        if (!options.setZone || isWire(format, {})) {
            return fromFormat.call(DateTime, text, format, options);
        }
        return parseTyped(fromFormat, text, format, options);
    };
    const guard = (original) =>
        function (text, options = {}) {
            // An impossible Jalali date such as 1405-12-30 must not become a day of the Gregorian year 1405.
            if (options.setZone && Number(latinDigits(text).match(/^\d+/)?.[0].slice(0, 4)) < GREGORIAN_FROM) {
                return invalid("no such Jalali day");
            }
            return original.call(DateTime, text, options);
        };
    DateTime.fromISO = guard(fromISO);
    DateTime.fromSQL = guard(fromSQL);
}

/** A branded date at another Jalali day, the day cut to the month's length. */
function at(date, { year, month, day }) {
    const target = fromJalali({ year, month, day: Math.min(day, daysInMonth(year, month)) });
    return unbrand(date).set(target);
}

function shift(date, duration, sign) {
    const { year = 0, years = 0, month = 0, months = 0, ...rest } = duration;
    const parts = toJalali(unbrand(date));
    const count = sign * ((year + years) * 12 + month + months);
    let result = unbrand(date);
    if (count) {
        const total = parts.year * 12 + parts.month - 1 + count;
        result = at(date, { year: Math.floor(total / 12), month: (total % 12) + 1, day: parts.day });
    }
    return sign > 0 ? result.plus(rest) : result.minus(rest);
}

function patchArithmetic() {
    const proto = DateTime.prototype;
    const { startOf, endOf, plus, minus, set } = proto;
    proto.startOf = function (unit, options) {
        if (!isBranded(this)) {
            return startOf.call(this, unit, options);
        }
        const parts = toJalali(unbrand(this));
        if (unit === "month" || unit === "year") {
            const month = unit === "month" ? parts.month : 1;
            return brand(startOf.call(at(this, { year: parts.year, month, day: 1 }), "day"));
        }
        return brand(startOf.call(unbrand(this), unit, options));
    };
    proto.endOf = function (unit, options) {
        if (!isBranded(this)) {
            return endOf.call(this, unit, options);
        }
        if (unit === "month" || unit === "year") {
            return brand(minus.call(unbrand(this.startOf(unit).plus({ [unit]: 1 })), { milliseconds: 1 }));
        }
        return brand(endOf.call(unbrand(this), unit, options));
    };
    proto.plus = function (duration) {
        return isBranded(this) ? brand(shift(this, duration, 1)) : plus.call(this, duration);
    };
    proto.minus = function (duration) {
        return isBranded(this) ? brand(shift(this, duration, -1)) : minus.call(this, duration);
    };
    proto.set = function (values) {
        if (!isBranded(this)) {
            return set.call(this, values);
        }
        const { year, month, day, ...rest } = values;
        const parts = toJalali(unbrand(this));
        const moved = at(this, {
            year: year ?? parts.year,
            month: month ?? parts.month,
            day: day ?? parts.day,
        });
        return brand(set.call(moved, rest));
    };
    const getters = {
        year: (parts) => parts.year,
        month: (parts) => parts.month,
        day: (parts) => parts.day,
        monthLong: (parts) => MONTHS[parts.month - 1],
        monthShort: (parts) => MONTHS[parts.month - 1],
        daysInMonth: (parts) => daysInMonth(parts.year, parts.month),
    };
    for (const [name, read] of Object.entries(getters)) {
        const { get } = Object.getOwnPropertyDescriptor(proto, name);
        Object.defineProperty(proto, name, {
            configurable: true,
            get() {
                return isBranded(this) ? read(toJalali(unbrand(this))) : get.call(this);
            },
        });
    }
}

const SEAMS = ["toFormat", "toLocaleString", "startOf", "endOf", "plus", "minus", "set"];

/** Install the patches; returns false, and does nothing, where luxon has lost one of the seams. */
export function activate() {
    const missing = SEAMS.filter((name) => typeof DateTime.prototype[name] !== "function");
    if (missing.length || typeof DateTime.fromFormatExplain !== "function") {
        console.info(`Jalali dates stay inactive: luxon has no ${missing.join(", ")}`);
        return false;
    }
    patchDisplay();
    patchInput();
    patchArithmetic();
    return true;
}
