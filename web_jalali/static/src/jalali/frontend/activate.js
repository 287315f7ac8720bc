/** Portal and website pages: the same fields, pickers and numbers, by the language of the page. */
import { session } from "@web/session";
import { activate } from "@web_jalali/jalali/core/canary";
import { isWanted } from "@web_jalali/jalali/core/early";
import { LUXON_SEAMS, patchLuxon } from "@web_jalali/jalali/core/luxon_patch";
import { awaitedSeams, patchGlobals } from "@web_jalali/jalali/core/numbers";
import { PICKER_SEAMS, patchPicker } from "@web_jalali/jalali/core/picker_patch";

// A portal page does not name its language in its tag; the font follows this class.
document.documentElement.classList.toggle("o_persian", Boolean(session.bundle_params?.lang?.startsWith("fa")));

if (isWanted) {
    activate([...LUXON_SEAMS, ...PICKER_SEAMS, ...awaitedSeams("@web/core/")], [patchLuxon, patchPicker, patchGlobals]);
}
