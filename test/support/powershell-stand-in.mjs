#!/usr/bin/env node
// A program that speaks enough of PowerShell for the process part of the tool's contract: it takes the options and the
// environment that the tool gives, and a few statements. It is no PowerShell: what real ones do with a script is not tested by it.
const { argv, env } = process;
const options = argv.slice(2);
const wanted = ['-NoLogo', '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand'];
const program = Buffer.from(options.at(-1) ?? '', 'base64').toString('utf16le');
if (wanted.some((option, index) => options[index] !== option) || !program.includes('Create($env:TSG_SCRIPT)')) {
  process.stderr.write('The stand-in was not started as PowerShell is.\n');
  process.exit(64);
}
const lines = (env.TSG_SCRIPT ?? '').split('\n');
if (lines.pop() !== '$global:TsgWorked = $?') process.exit(65);

const escapes = { n: '\n', t: '\t', 0: '\0' };

/** A text, a reference to the environment, or a number. */
function valueOf(word) {
  const reference = /^\$(?:\{env:(\w+)\}|env:(\w+))$/.exec(word);
  if (reference) return env[reference[1] ?? reference[2]] ?? '';
  if (/^'(?:[^'‘’‚‛]|['‘’‚‛]{2})*'$/.test(word)) return word.slice(1, -1).replace(/(['‘’‚‛])['‘’‚‛]/g, '$1');
  if (/^"(?:[^"“”„`]|`[^])*"$/.test(word))
    return word
      .slice(1, -1)
      .replace(/`([^])|\$\{env:(\w+)\}|\$env:(\w+)/g, (_, escaped, braced, plain) =>
        escaped === undefined ? (env[braced ?? plain] ?? '') : (escapes[escaped] ?? escaped),
      );
  if (/^\d+$/.test(word)) return word;
  process.stderr.write(`The stand-in does not speak: ${word}\n`);
  process.exit(1);
}

let worked = true;
for (const line of lines.map((text) => text.trim()).filter((text) => text !== '' && !text.startsWith('#'))) {
  const [, command = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(line) ?? [];
  const words = /^['"]/.test(rest) ? rest : rest.replace(/\s#.*$/, '');
  const times = /^\('(.)' \* (\d+)\)$/.exec(rest);
  worked = command !== 'Write-Error';
  if (command === 'Write-Output')
    process.stdout.write(times ? times[1].repeat(Number(times[2])) : `${valueOf(words)}\n`);
  else if (command === 'Write-Error') process.stderr.write(`Write-Error: ${valueOf(rest)}\n`);
  else if (command === 'Start-Sleep') await new Promise((resolve) => setTimeout(resolve, Number(rest) * 1000));
  else if (command === 'Stop-Process') process.kill(process.pid, 'SIGKILL');
  else if (command === '[Console]::OpenStandardOutput().Write([byte[]]::new(5000),')
    process.stdout.write(Buffer.alloc(5000));
  else if (line === '$PSVersionTable.PSVersion.ToString()') process.stdout.write('7.4.0\n');
  else if (command === 'exit') process.exit(Number(rest));
  else if (line !== '$null') process.stdout.write(`${valueOf(line)}\n`);
}
process.exitCode = worked ? 0 : 1;
