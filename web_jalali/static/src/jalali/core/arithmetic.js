/**
 * Jalali arithmetic by the 33-year rule, the one ICU uses; equal to the official list of leap years 1206-1498.
 * Months and days count from 1; Gregorian parts are those of `Date`.
 */

const EPOCH = 1948320; // Julian day of 1 Farvardin 1
const UNIX = 2440588; // Julian day of 1970-01-01
const DAY = 86400000;

export const MONTHS = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
];

/** Days before the first of a month (1-13). */
function daysBefore(month) {
    return month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6;
}

function julianOfYear(year) {
    return EPOCH - 1 + 365 * (year - 1) + Math.floor((8 * year + 21) / 33);
}

export function isLeap(year) {
    return julianOfYear(year + 1) - julianOfYear(year) === 366;
}

export function daysInMonth(year, month) {
    if (month < 7) {
        return 31;
    }
    return month < 12 || isLeap(year) ? 30 : 29;
}

/** Gregorian parts to Jalali ones. */
export function toJalali({ year, month, day }) {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    const julian = Math.round(date.getTime() / DAY) + UNIX;
    let jalali = year - 621;
    if (julian <= julianOfYear(jalali)) {
        jalali--;
    }
    const rest = julian - julianOfYear(jalali) - 1;
    const jalaliMonth = rest < 186 ? Math.floor(rest / 31) + 1 : Math.floor((rest - 6) / 30) + 1;
    return { year: jalali, month: jalaliMonth, day: rest - daysBefore(jalaliMonth) + 1 };
}

/** Jalali parts to Gregorian ones, or null where there is no such day. */
export function fromJalali({ year, month, day }) {
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
        return null;
    }
    const julian = julianOfYear(year) + daysBefore(month) + day;
    const date = new Date((julian - UNIX) * DAY);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function persianDigits(text) {
    return String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
}

export function latinDigits(text) {
    return String(text)
        .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
        .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660));
}
