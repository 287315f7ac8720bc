/** Text of a date in the Jalali calendar, and a date of typed text. */
import { MONTHS, fromJalali, latinDigits, persianDigits } from "@web_jalali/jalali/core/arithmetic";
import { jalaliParts } from "@web_jalali/jalali/core/brand";

/** A typed year from here on is meant as Gregorian. */
export const GREGORIAN_FROM = 1700;

const TOKENS = /'[^']*'|([a-zA-Z])\1*|[^a-zA-Z']+/g;
// «Nov 23, 2026» is an English order; Persian puts the day first and knows no comma there.
const MONTH_FIRST = /(M{3,4}|L{3,4}) (d{1,2}),? (y+)/;
const pad = (number, length) => String(number).padStart(length, "0");
const monthText = ({ month }, length) => (length > 2 ? MONTHS[month - 1] : pad(month, length));
const clock = (unit) => (_parts, length, date) => pad(date[unit], length);

/** Renderers of the tokens that name a year, quarter, month, day or hour. */
const RENDERERS = {
    y: ({ year }, length) => (length === 2 ? pad(year % 100, 2) : pad(year, length)),
    M: monthText,
    L: monthText,
    d: ({ day }, length) => pad(day, length),
    q: ({ month }, length) => pad(Math.ceil(month / 3), length),
    o: ({ month, day }, length) => pad(30 * (month - 1) + Math.min(month - 1, 6) + day, length),
    H: clock("hour"),
    m: clock("minute"),
    s: clock("second"),
};

/**
 * `date` by a luxon format, the calendar's tokens in Jalali, all digits Persian.
 *
 * @param {luxon.DateTime} date a valid one
 * @param {string} format luxon's tokens
 * @param {(token: string) => string} renderOther what luxon makes of any other token (weekdays, zones)
 */
export function jalaliText(date, format, renderOther) {
    const parts = jalaliParts(date);
    const texts = [];
    for (const [token, letter] of format.replace(MONTH_FIRST, "d $1 $3").matchAll(TOKENS)) {
        if (!letter) {
            texts.push(token.startsWith("'") ? token.slice(1, -1) : token);
        } else if (letter in RENDERERS) {
            texts.push(persianDigits(RENDERERS[letter](parts, token.length, date)));
        } else {
            // Timestamps (x, X) are for machines.
            texts.push(/[xX]/.test(letter) ? renderOther(token) : persianDigits(renderOther(token)));
        }
    }
    return texts.join("");
}

const TIME = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s*(.*)$/;
const BEFORE_NOON = /^(am|ق\.?\s?ظ\.?|قبل.?از.?ظهر|صبح)$/i;
const AFTER_NOON = /^(pm|ب\.?\s?ظ\.?|بعد.?از.?ظهر|عصر)$/i;

function typedTime(text) {
    if (!text) {
        return { hour: 0, minute: 0, second: 0 };
    }
    const [, hours, minutes, seconds, noon] = text.match(TIME) || [];
    let hour = Number(hours);
    if (AFTER_NOON.test(noon)) {
        hour = (hour % 12) + 12;
    } else if (BEFORE_NOON.test(noon)) {
        hour %= 12;
    } else if (noon) {
        return null;
    }
    const time = { hour, minute: Number(minutes), second: Number(seconds || 0) };
    return time.hour < 24 && time.minute < 60 && time.second < 60 ? time : null;
}

const WEEKDAY = /^(شنبه|(یک|دو|سه|چهار|پنج)[\s\u200c]?شنبه|جمعه)[\s،,]+/;
const NAMED = /^(\d{1,2})\s+([^\d\s]+)(?:[\s،,]+(\d{4}|\d{2})(?![\d:]))?(.*)$/;

/** [year, month, day, rest] as written, or null; the year stands where its four digits are. */
function splitDate(text, dayFirst) {
    let match = text.match(/^(\d{4})(\d{2})(\d{2})(?!\d)(.*)$/);
    if (match) {
        return match.slice(1);
    }
    match = text.replace(WEEKDAY, "").match(NAMED);
    if (match && MONTHS.includes(match[2])) {
        // Dates of this year are shown without it.
        const year = match[3] ?? String(jalaliParts(luxon.DateTime.now()).year);
        return [year, MONTHS.indexOf(match[2]) + 1, match[1], match[4]];
    }
    match = text.match(/^(\d+)[/.-](\d{1,2})[/.-](\d+)(?!\d)(.*)$/);
    if (!match) {
        return null;
    }
    const [, first, month, last, rest] = match;
    const reversed = last.length === 4 || (first.length !== 4 && dayFirst);
    const [year, day] = reversed ? [last, first] : [first, last];
    return [2, 4].includes(year.length) && day.length <= 2 ? [year, month, day, rest] : null;
}

/** Two digits are a year of this century or of the end of the last. */
function fullYear(year) {
    if (year >= 100) {
        return year;
    }
    return year < 60 ? 1400 + year : 1300 + year;
}

/** Typed text with Latin digits and Persian letters, without marks of direction. */
export function plainText(text) {
    return (
        latinDigits(text)
            .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
            // Many keyboards write the Arabic letters, as in «تير».
            .replace(/[يى]/g, "ی")
            .replace(/ك/g, "ک")
            .trim()
    );
}

/**
 * Gregorian parts of a typed Jalali date, with or without a time:
 * ۱۴۰۵/۰۹/۰۲, 1405-9-2, 05/9/2, 14050902, «دوشنبه ۲ آذر ۱۴۰۵», 1405/09/02 10:30.
 *
 * @param {string} text
 * @param {string} format luxon's format of the input; tells which end of 05/09/02 is the year
 * @returns {{year, month, day, hour, minute, second} | null} null: no date, or one the calendar lacks
 */
export function typedDate(text, format) {
    const split = splitDate(plainText(text), format.indexOf("d") < format.indexOf("y"));
    const time = split && typedTime(split[3].replace(/^[\s،,T]*(ساعت\s)?\s*/, ""));
    if (!time) {
        return null;
    }
    const [year, month, day] = split.slice(0, 3).map(Number);
    const parts = { year: fullYear(year), month, day };
    const gregorian = parts.year >= GREGORIAN_FROM ? parts : parts.year >= 1000 && fromJalali(parts);
    return gregorian ? { ...gregorian, ...time } : null;
}
