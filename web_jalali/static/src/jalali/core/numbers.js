/**
 * Plain numbers in Persian digits, and typed Persian and Arabic digits as numbers. The platform formats and parses in
 * functions that other modules take out of the module they come from, so these are exchanged in the moment that module
 * starts, before anybody could take them. Until the gate opens they do what they always did.
 */
import { latinDigits, persianDigits } from "@web_jalali/jalali/core/arithmetic";
import { jalaliParts } from "@web_jalali/jalali/core/brand";

export const gate = { open: false };

const SEPARATORS = { "٬": ",", "٫": ".", "٪": "%" };

/** A typed number as the platform's parsers read it. */
export function plainNumber(text) {
    if (typeof text !== "string") {
        return text;
    }
    return latinDigits(text).replace(/[٬٫٪]/g, (sign) => SEPARATORS[sign]);
}

/** What a formatter gave, in Persian digits. */
const shown = (stock) =>
    function (...args) {
        const text = stock(...args);
        return gate.open && typeof text === "string" ? persianDigits(text) : text;
    };

/** A parser of typed text. */
const read = (stock) =>
    function (text, ...args) {
        return stock(gate.open ? plainNumber(text) : text, ...args);
    };

/** The text of a raw number in a template; a text of digits and signs where the template itself put it together. */
export function numberText(value, composed = false) {
    if (!gate.open) {
        return value;
    }
    if (typeof value === "number") {
        return persianDigits(value);
    }
    return composed && typeof value === "string" && /^[\d\s()+.,:%/-]+$/.test(value) ? persianDigits(value) : value;
}

/** The numbers put into a translated sentence. */
const substituted = (stock) =>
    function (substitutions, mapFn) {
        return stock(substitutions, (value) => mapFn(numberText(value)));
    };

/** «۲ تا ۵ آذر ۱۴۰۵», where the platform writes «November 23-26, 2026». */
const dateSpan = (stock) =>
    function (start, end) {
        if (!gate.open || start.hasSame(end, "day")) {
            return stock(start, end);
        }
        const [first, last] = [jalaliParts(start), jalaliParts(end)];
        const sameYear = first.year === last.year;
        const sameMonth = sameYear && first.month === last.month;
        const from = sameMonth ? "d" : sameYear ? "d MMMM" : "d MMMM yyyy";
        return `${start.toFormat(from)} تا ${end.toFormat("d MMMM yyyy")}`;
    };

/** {module: {export: [wrapper, category of the registry that has it too, its name there]}} */
export const EXCHANGED = {
    "@web/core/utils/numbers": {
        formatFloat: [shown],
        humanNumber: [shown],
        insertThousandsSep: [shown],
    },
    "@web/core/utils/strings": { mapSubstitutions: [substituted] },
    "@web/views/fields/formatters": { formatFloatTime: [shown, "formatters", "float_time"] },
    "@web/views/fields/parsers": {
        parseFloat: [read, "parsers", "float"],
        parseFloatTime: [read, "parsers", "float_time"],
        parseInteger: [read, "parsers", "integer", "many2one_reference"],
        parseMonetary: [read, "parsers", "monetary"],
        parsePercentage: [read, "parsers", "percentage"],
    },
    "@web/views/calendar/utils": { getFormattedDateSpan: [dateSpan] },
};

const exchanged = {};

/** Seams of the canary: each name must have been there to be exchanged when its module started. */
export function awaitedSeams(prefix = "") {
    return Object.entries(EXCHANGED)
        .filter(([module]) => module.startsWith(prefix))
        .map(([module, names]) => [module, exchanged[module], Object.keys(names)]);
}

/**
 * Exchange the functions of a module that has just started.
 *
 * @param {string} name of the module
 * @param {object} exports what it exports
 * @param {object} [registry] the platform's registry, where formatters and parsers are found by name
 */
export function exchange(name, exports, registry) {
    for (const [key, [wrap, category, ...entries]] of Object.entries(EXCHANGED[name] || {})) {
        if (typeof exports[key] !== "function") {
            continue;
        }
        // Formatters carry properties of their own (extractOptions).
        exports[key] = Object.assign(wrap(exports[key]), exports[key]);
        for (const entry of entries) {
            registry?.category(category).add(entry, exports[key], { force: true });
        }
        (exchanged[name] ??= {})[key] = true;
    }
}

/** The browser's own parsers know Latin digits alone; code that formats a number and reads it again stays right. */
export function patchGlobals() {
    const stock = { parseFloat: globalThis.parseFloat, parseInt: globalThis.parseInt };
    globalThis.parseFloat = (text) => stock.parseFloat(plainNumber(text));
    globalThis.parseInt = (text, radix) => stock.parseInt(plainNumber(text), radix);
    gate.open = true;
    return () => {
        Object.assign(globalThis, stock);
        gate.open = false;
    };
}
