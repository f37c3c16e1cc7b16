// Places where reading is more than reading: devices that start, rewind or forget when they are opened, and folders whose
// settings say what a program runs.

/** Commands that ask for names and properties, and open nothing that they are given. */
const asksOnly = new Set(
  'ls dir vdir stat df du find lsblk findmnt smartctl nvme mdadm lsof fuser test [ readlink realpath basename dirname namei getfacl lsattr file pvs vgs lvs pvdisplay vgdisplay lvdisplay lsscsi ps tree which type command'.split(
    ' ',
  ),
);

/** Devices without a state, and disks. */
const plainDevice =
  /^\/dev\/((null|zero|u?random|stdin|stdout|stderr|fd\/\d+)$|shm\/|(sd|nvme|vd|xvd|md|dm-|loop|mapper\/|disk\/))/;

/** Why a command that is given this may change what it reads; null when it may not. */
export function readsDevice(name: string, args: readonly (string | null)[]): string | null {
  if (asksOnly.has(name)) return null;
  const odd = args.find((arg) => arg !== null && isOddPlace(arg));
  return odd === undefined ? null : `reading \`${odd ?? ''}\` may change what it holds`;
}

/** True for a device that reading changes, however its path is written; a pattern may become one. */
export function isOddPlace(path: string): boolean {
  const place = settled(path);
  return (
    (/^\/dev(\/|$)/.test(place) && !(plainDevice.test(place) && !/[*?[{]/.test(place.replace(plainDevice, '')))) ||
    /^\/[^/]*[*?[{][^/]*\//.test(place) ||
    /(^|\/)kmsg$|(^|\/)trace_pipe$|^\/proc\/acpi\/event$/.test(place)
  );
}

/** A place of programs and services; in one that anybody can write to, a file of settings may say what is to be run. */
export const isOwnPlace = (path: string): boolean =>
  /^\/(srv|opt|home|etc|root|usr\/(local|share|src)|var\/(lib|www))(\/(?!\.\.?(\/|$))[\w.-]+)*\/?$/.test(path);

/** Why `cd` leads to where nothing may be read by its bare name; null when it does not. */
export function cdRule(args: readonly (string | null)[]): string | null {
  const place = args.find((arg) => arg !== null && isOddPlace(`${arg}/`));
  return place === undefined ? null : `\`${place ?? ''}\` holds devices`;
}

/** True when `cd` leads to a folder whose settings may be anybody's. */
export function leadsElsewhere(args: readonly (string | null)[]): boolean {
  const [place] = args.filter((arg) => arg !== '--' && arg !== '-P' && arg !== '-L');
  return (
    place !== undefined && (place === null || !(isOwnPlace(place) || /^~(\/(?!\.\.?(\/|$))[\w.-]+)*\/?$/.test(place)))
  );
}

/** True for a command that takes from its folder what to run. */
export function obeysFolder(name: string, args: readonly (string | null)[]): boolean {
  if (name === 'git') return args[0] !== '-C';
  return name === 'docker' || name === 'podman' ? args[0] === 'compose' : /^(terraform|npm|python3?)$/.test(name);
}

/** A path without doubled slashes, `.` and `..`; one that climbs is taken to reach the root. */
function settled(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  const isRooted = /^\/|^\.\.\//.test(path);
  return `${isRooted ? '/' : ''}${parts.join('/')}`.replace(/^(\/proc\/[^/]+\/(root|cwd))+(?=\/)/, '');
}
