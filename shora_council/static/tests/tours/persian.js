/** Reading a screen for what a Persian reader should not meet. */

// Mails, hashes, file names and the code of a council stay Latin on any screen.
const LATIN = [/\S+@\S+/g, /\b[0-9a-f]{64}\b/g, /\S+\.(pdf|xlsx|png)\b/g, /\bSHA-256\b/g, /\bPDF\b/g, /\b[A-Z]{4}\b/g];

/** Lines with words in Latin letters, or with years of the other calendar in any digits; numbers in Latin digits. */
export function foreignWords(selector) {
    const text = LATIN.reduce(
        (rest, pattern) => rest.replace(pattern, ""),
        document.querySelector(selector).innerText,
    );
    const foreign = text.match(/[A-Za-z]{3,}[^\n]*|[^\n]*(?<![\d۰-۹])(20[12]\d|۲۰[۱۲][۰-۹])[/\-][^\n]*/g);
    const numbers = [...document.querySelectorAll(`${selector} .o_field_number_text span`)].map((one) => one.innerText);
    return [...new Set([...(foreign || []), ...numbers.filter((number) => /[0-9]/.test(number))])];
}

/** A step which fails when the part of the screen at `selector` is not Persian, from right to left. */
export const persian = (station, selector = ".o_action_manager") => ({
    content: `${station}: nothing but Persian`,
    trigger: selector,
    run() {
        const foreign = foreignWords(selector);
        if (foreign.length) {
            throw new Error(`Not Persian on this screen: ${foreign.join(" | ")}`);
        }
        if (getComputedStyle(document.body).direction !== "rtl") {
            throw new Error("This screen does not read from right to left.");
        }
    },
});
