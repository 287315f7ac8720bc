/** Dates typed relative to today: «فردا», today, +1m, -2w, =1d; their months and years are Jalali. */
import { brand, unbrand } from "@web_jalali/jalali/core/brand";
import { plainText } from "@web_jalali/jalali/core/text";

const WORDS = { پریروز: -2, دیروز: -1, امروز: 0, فردا: 1, پس‌فردا: 2, پسفردا: 2 };
const UNITS = { d: "day", w: "week", m: "month", y: "year", H: "hour", M: "minute", S: "second" };
const TERM = /^([+=-])(\d+)([dwmyHMS])$/;

/**
 * @param {string} text
 * @param {string} [zone]
 * @returns {luxon.DateTime | null} null: no such text, or one whose terms do not depend on the calendar
 */
export function relativeDate(text, zone) {
    const plain = plainText(text);
    const isWord = Object.hasOwn(WORDS, plain);
    if (!isWord && !/^(today|now|[+=-]\d)/.test(plain)) {
        return null;
    }
    const now = luxon.DateTime.local({ zone }).startOf("second");
    if (isWord) {
        return now.startOf("day").plus({ days: WORDS[plain] });
    }
    const terms = plain.split(/\s+/);
    let date = brand(now);
    if (terms[0] === "today") {
        date = date.startOf("day");
        terms.shift();
    } else if (terms[0] === "now") {
        terms.shift();
    } else if (terms.length === 1 && /^[+=-]\d+$/.test(terms[0])) {
        terms[0] += "d";
    }
    for (const term of terms) {
        const [, operator, digits, letter] = term.match(TERM) || [];
        const unit = UNITS[letter];
        if (!unit || (operator === "=" && unit === "week")) {
            return null; // weekdays: the platform's own words
        }
        const number = Number(digits);
        if (operator === "=") {
            date = date.startOf(["hour", "minute", "second"].includes(unit) ? unit : "day").set({ [unit]: number });
        } else {
            date = date[operator === "+" ? "plus" : "minus"]({ [unit]: number });
        }
    }
    return unbrand(date);
}
