import { registry } from "@web/core/registry";
import { persian } from "./persian";

/**
 * A member's side on a phone: from the portal's home to the session, an absence with its reason, a proposal, the own
 * attendance, minutes and decrees, the guide, and the private address for the phone's calendar.
 */

const PAGE = ".o_shora_portal";

/** Nothing reaches beyond the narrow screen, and what is to be tapped is large enough for a thumb. */
const fits = (station) => ({
    content: `${station}: fits the phone`,
    trigger: PAGE,
    run() {
        const { scrollWidth, clientWidth } = document.documentElement;
        if (clientWidth > 400 || scrollWidth > clientWidth) {
            throw new Error(`${scrollWidth} wide on a screen of ${clientWidth}.`);
        }
        const small = [...document.querySelectorAll(`${PAGE} .btn, ${PAGE} summary`)].filter(
            (target) => target.offsetHeight && target.offsetHeight < 36,
        );
        if (small.length) {
            throw new Error(`Too small for a thumb: ${small.map((target) => target.innerText).join(" | ")}`);
        }
        const latin = document.querySelector(PAGE).innerText.match(/[0-9]+/g);
        if (latin) {
            throw new Error(`Latin digits: ${latin.join(" ")}`);
        }
    },
});

const look = (station) => [persian(station, PAGE), fits(station)];
const follow = (trigger) => ({ trigger, run: "click", expectUnloadPage: true });
const tab = (path) => follow(`${PAGE} .nav a[href='${path}']`);

registry.category("web_tour.tours").add("shora_portal_phone", {
    steps: () => [
        follow(".o_portal_my_home a[href='/my/councils']:visible"),
        ...look("my councils"),
        follow(`${PAGE} .pagination a[href='/my/councils/page/2']`),
        { trigger: `${PAGE} .pagination .active:contains("۲")` },
        ...look("earlier sessions"),
        follow(`${PAGE} a.card[href^='/my/councils/session/']:first`),
        ...look("the session"),
        { trigger: `${PAGE} [data-bs-target='#shora_not_attending']`, run: "click" },
        { trigger: "#shora_not_attending.show #shora_reason", run: "edit مأموریت خارج از کشور" },
        ...look("the absence"),
        follow("#shora_not_attending button[value=not_attending]"),
        { trigger: `${PAGE} .alert-success` },
        { trigger: `${PAGE}:contains("مأموریت خارج از کشور")` },
        ...look("the absence announced"),
        { trigger: `${PAGE} details > summary.card-header`, run: "click" },
        { trigger: "#shora_name", run: "edit دیپلماسی آب" },
        { trigger: "#shora_description", run: "edit کم‌آبی شهرهای همسایه" },
        follow(`${PAGE} form[action$='/propose'] button[type=submit]`),
        { trigger: `${PAGE} .alert-success` },
        { trigger: `${PAGE}:contains("دیپلماسی آب")` },
        ...look("the proposal"),
        tab("/my/councils/attendance"),
        ...look("my attendance"),
        tab("/my/councils/minutes"),
        ...look("minutes and resolutions"),
        tab("/my/councils/decrees"),
        ...look("my decrees"),
        follow(".o_portal_submenu a[href='/my/home']"),
        follow(".o_portal_my_home a[href='/shora/guide/member']:visible"),
        ...look("the guide"),
    ],
});

registry.category("web_tour.tours").add("shora_portal_calendar", {
    steps: () => [
        ...look("no address yet"),
        follow(`${PAGE} form[action$='/renew'] button`),
        { trigger: "#shora_feed:value(/shora/calendar/)" },
        { trigger: `${PAGE} a[href^='webcal://'][href$='.ics']` },
        { trigger: `${PAGE} .o_shora_copy`, run: "click" },
        ...look("the address"),
        follow(`${PAGE} a[href='/my/councils']:last`),
        ...look("back on my councils"),
    ],
});

registry.category("web_tour.tours").add("shora_portal_calendar_revoked", {
    steps: () => [
        { trigger: ".o_shora_calendar summary", run: "click" },
        ...look("an address"),
        follow(`${PAGE} form[action$='/revoke'] button`),
        { trigger: `${PAGE} form[action$='/renew'] button.w-100` },
        { trigger: `${PAGE}:not(:has(form[action$='/revoke']))` },
        ...look("revoked"),
    ],
});
