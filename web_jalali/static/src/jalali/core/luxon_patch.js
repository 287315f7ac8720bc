/**
 * Every date of the web client goes through luxon: shown by `toFormat`, `toLocaleString` and `toRelative`, typed
 * through `fromFormat`. These are the seams; wire formats (Latin numbering system, or ISO patterns) pass through
 * untouched. Inactive, nothing here is installed at all.
 */
import { localization } from "@web/core/l10n/localization";
import { latinDigits, persianDigits } from "@web_jalali/jalali/core/arithmetic";
import { brand, jalaliParts } from "@web_jalali/jalali/core/brand";
import { relativeDate } from "@web_jalali/jalali/core/relative";
import { GREGORIAN_FROM, jalaliText, typedDate } from "@web_jalali/jalali/core/text";

const { DateTime, Duration } = luxon;

export const LUXON_SEAMS = [
    [
        "luxon.DateTime.prototype",
        DateTime.prototype,
        [
            "toFormat",
            "toLocaleString",
            "toRelative",
            "toRelativeCalendar",
            "toObject",
            "reconfigure",
            "setZone",
            "set",
            "plus",
            "minus",
            "startOf",
            "endOf",
        ],
    ],
    ["luxon.DateTime", DateTime, ["fromFormat", "fromISO", "fromSQL", "fromObject", "invalid"]],
    ["luxon.Duration.prototype", Duration.prototype, ["toHuman", "toFormat"]],
];

// Patterns of text that machines read or that names a file.
const WIRE = /^(yyyy-(MM|LL)-dd|HHmmddMMyyyy|MM\/yyyy$)/;

const isWire = (format, options) => Boolean(options?.numberingSystem) || WIRE.test(format);
const refused = (text) => DateTime.invalid("unit out of range", `${text} is no Jalali date`);

/** Options of relative text whose base counts in Jalali, as the date itself does. */
function fromBase({ zone }, options = {}) {
    return { ...options, base: brand(options.base ?? DateTime.fromObject({}, { zone })) };
}

function displayPatch({ toFormat, toLocaleString, toRelative, toRelativeCalendar }) {
    return {
        toFormat(format, options) {
            if (!this.isValid || isWire(format, options)) {
                return toFormat.call(this, format, { numberingSystem: "latn", ...options });
            }
            return jalaliText(this, format, (token) => toFormat.call(this, token, options));
        },
        toLocaleString(format = DateTime.DATE_SHORT, options = {}) {
            if (!this.isValid || options.numberingSystem) {
                return toLocaleString.call(this, format, options);
            }
            const wanted = { ...format };
            // The client leaves out the year by comparing Gregorian ones, wrongly from Dey to Esfand.
            if (wanted.day && wanted.month && jalaliParts(this).year !== jalaliParts(DateTime.now()).year) {
                wanted.year ??= "numeric";
            }
            return persianDigits(toLocaleString.call(this, wanted, { outputCalendar: "persian", ...options }));
        },
        // Months and years between two dates are Jalali ones: «ماه آینده» begins on its first.
        toRelative(options) {
            return this.isValid ? persianDigits(toRelative.call(brand(this), fromBase(this, options))) : null;
        },
        toRelativeCalendar(options) {
            return this.isValid ? persianDigits(toRelativeCalendar.call(brand(this), fromBase(this, options))) : null;
        },
    };
}

function durationPatch({ toHuman, toFormat }) {
    return {
        toHuman(...args) {
            return persianDigits(toHuman.apply(this, args));
        },
        toFormat(...args) {
            return persianDigits(toFormat.apply(this, args));
        },
    };
}

/** Whether the client made this format up by dropping the separators, to read typed text that has lost them. */
function isStripped(format) {
    return !/[^a-zA-Z]/.test(format) && format !== localization.dateFormat;
}

function inputPatch({ fromFormat, fromISO, fromSQL }) {
    // Only typed text asks to keep the zone it carries (`parseDateTime`); server values never do.
    // An impossible Jalali date such as 1405-12-30 must not become a day of the Gregorian year 1405.
    const guarded = (parse) =>
        function (text, options) {
            const date = parse.call(DateTime, text, options);
            return options?.setZone && date.isValid && date.year < GREGORIAN_FROM ? refused(text) : date;
        };
    return {
        fromFormat(text, format, options = {}) {
            if (!options.setZone || isWire(format)) {
                return fromFormat.call(DateTime, text, format, options);
            }
            const relative = relativeDate(text, options.zone);
            if (relative) {
                return relative;
            }
            if (!/y/.test(format) || !/d/.test(format)) {
                return guarded(fromFormat)(latinDigits(text), format, { ...options, numberingSystem: "latn" });
            }
            // What the client makes of the digits alone is a guess: 140/41/229 is no date.
            const parts = !isStripped(format) && typedDate(text, format);
            return parts ? DateTime.fromObject(parts, { zone: options.zone }) : refused(text);
        },
        fromISO: guarded(fromISO),
        fromSQL: guarded(fromSQL),
    };
}

function install(target, methods) {
    const stock = {};
    for (const [name, value] of Object.entries(methods)) {
        stock[name] = Object.getOwnPropertyDescriptor(target, name);
        Object.defineProperty(target, name, { value, configurable: true, writable: true });
    }
    return () => Object.defineProperties(target, stock);
}

/** @returns {() => void} what takes the patches away again */
export function patchLuxon() {
    const undo = [
        install(DateTime.prototype, displayPatch(DateTime.prototype)),
        install(DateTime, inputPatch(DateTime)),
        install(Duration.prototype, durationPatch(Duration.prototype)),
    ];
    return () => undo.forEach((restore) => restore());
}
