/**
 * Before anything is patched: is every seam there? An upgrade may have moved one; then all stays as it was and one
 * line says so, rather than a picker in one calendar and a form in another.
 */

/**
 * @param {[string, object, string[]][]} seams name of the owner, the owner, methods or getters it must have
 * @returns {string[]} what is missing
 */
export function lostSeams(seams) {
    return seams.flatMap(([label, owner, names]) =>
        names.filter((name) => !owner || !(name in owner)).map((name) => `${label}.${name}`)
    );
}

/**
 * Run the patches if all their seams exist.
 *
 * @param {[string, object, string[]][]} seams
 * @param {(() => (() => void))[]} patches each returns what takes it away again
 * @returns {(() => void) | false} what takes all away again; false, with nothing done, where a seam is lost
 */
export function activate(seams, patches) {
    const lost = lostSeams(seams);
    if (lost.length) {
        console.info(`Jalali dates stay inactive: there is no ${lost.join(", ")}`);
        return false;
    }
    const undo = patches.map((patch) => patch());
    return () => undo.reverse().forEach((restore) => restore());
}
