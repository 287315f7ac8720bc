import { user } from "@web/core/user";
import { CALENDAR_SEAMS, patchCalendar } from "@web_jalali/jalali/backend/calendar_patch";
import { MAIL_SEAMS, patchMail } from "@web_jalali/jalali/backend/mail_patch";
import { NUMBER_SEAMS, patchNumbers } from "@web_jalali/jalali/backend/numbers_patch";
import { SEARCH_SEAMS, patchSearch } from "@web_jalali/jalali/backend/search_patch";
import { activate } from "@web_jalali/jalali/core/canary";
import { isWanted } from "@web_jalali/jalali/core/early";
import { LUXON_SEAMS, patchLuxon } from "@web_jalali/jalali/core/luxon_patch";
import { awaitedSeams } from "@web_jalali/jalali/core/numbers";
import { PICKER_SEAMS, patchPicker } from "@web_jalali/jalali/core/picker_patch";

// The backend's page names no language; the font follows this class.
document.documentElement.classList.toggle("o_persian", Boolean(user.lang?.startsWith("fa")));

export const SEAMS = [...LUXON_SEAMS, ...PICKER_SEAMS, ...NUMBER_SEAMS, ...SEARCH_SEAMS, ...CALENDAR_SEAMS, ...MAIL_SEAMS];
export const PATCHES = [patchLuxon, patchPicker, patchNumbers, patchSearch, patchCalendar, patchMail];

if (isWanted) {
    activate([...SEAMS, ...awaitedSeams()], PATCHES);
}
