// Keeps the folder that a guide lay in out of a text that is handed on, without making the text say something else: a mark stands
// where the folder stood, so that `rm -rf /srv/data` is not read as `rm -rf data`.

/** What stands where a folder stood. */
export const hiddenFolder = '…';

/** Puts the mark in the place of the folder of this file, in plain text as in JSON. Without a folder it gives back what it gets. */
export function hideFolder(file: string): (text: string) => string {
  const folder = file.replace(/[\\/]*[^\\/]*$/, '');
  if (/^(?:\.|[A-Za-z]:)?$/.test(folder)) return (text) => text;
  const pattern = isAbsolute(folder)
    ? // Wherever it stands, but for names that only begin like it: `/srv-old` and `/srv.old` beside `/srv`.
      new RegExp(String.raw`(?:${formsOf(folder)})(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}_])`, 'gu')
    : // A word may look like it: it begins a path here, be it behind a line's end as JSON writes it.
      new RegExp(String.raw`(?<=^|[^\p{L}\p{N}_.-]|\\[nrt])(?:${formsOf(folder)})(?=[\\/])`, 'gu');
  return (text) => text.replace(pattern, hiddenFolder);
}

const isAbsolute = (folder: string): boolean => /^(?:[\\/]|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]+:\/)/.test(folder);

/** As it is, in JSON, in JSON within JSON, and in an address; the longest first. */
function formsOf(folder: string): string {
  const json = inJson(folder);
  const forms = [folder, folder.replaceAll('\\', '/'), json, inJson(json), encodeURI(folder.replace(/\p{Cs}/gu, ''))];
  return [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('|');
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
