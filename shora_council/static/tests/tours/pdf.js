import { browser } from "@web/core/browser/browser";

/** A step that clicks a button of a form; what opens in a window of its own is fetched instead, and must be a PDF. */
export const pdf = (name) => ({
    content: `PDF by ${name}`,
    trigger: `.o_form_statusbar button[name=${name}]:enabled`,
    async run({ click }) {
        const open = browser.open;
        const opened = new Promise((resolve) => {
            browser.open = (url) => resolve(url) || { closed: false };
        });
        await click();
        const answer = await fetch(await opened);
        browser.open = open;
        const begin = new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 5));
        if (begin !== "%PDF-") {
            throw new Error(`No PDF by ${name}: ${answer.status} ${begin}`);
        }
    },
});
