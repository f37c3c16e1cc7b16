// The rule of openssl, whose commands are programs of their own: what each may be given so that it only tells.
import { exactly, options, type CommandRule } from './command-rules.ts';

/** What each of openssl's commands may be given. Its keys are read only with `-noout`, which keeps them off the output. */
const opensslRules: ReadonlyMap<string, CommandRule> = new Map([
  [
    'x509',
    options(
      /^-(noout|dates|subject|issuer|enddate|startdate|text|fingerprint|serial|email|purpose|pubkey|sha256|ext=.*)$/,
      /^-(in|inform|checkend|ext|nameopt)$/,
    ),
  ],
  ...['rsa', 'ec', 'pkey', 'req'].map((command): readonly [string, CommandRule] => [
    command,
    (args) =>
      args.includes('-noout')
        ? options(/^-(noout|check|modulus|subject|verify)$/, /^-(in|inform)$/)(args)
        : `\`openssl ${command}\` without \`-noout\` is not known to only read`,
  ]),
  ['crl', options(/^-(noout|text|lastupdate|nextupdate|issuer|hash|fingerprint)$/, /^-(in|inform)$/)],
  [
    'verify',
    options(
      /^-(show_chain|x509_strict|partial_chain|verbose|crl_check(_all)?)$/,
      /^-(CAfile|CApath|untrusted|trusted|purpose|verify_hostname|verify_depth)$/,
    ),
  ],
  [
    's_client',
    exactly(
      /^(-(connect|servername|showcerts|brief|verify_return_error|tls1_[23]|starttls|no_ign_eof)|[\w.-]+(:\d+)?)$/,
    ),
  ],
  ['version', exactly(/^-[abdopv]$/)],
  ...['md5', 'sha1', 'sha256', 'sha384', 'sha512'].map((command): readonly [string, CommandRule] => [
    command,
    exactly(/^(-[rc]|-hex|[^-].*)$/),
  ]),
  ['dgst', exactly(/^(-[rc]|-hex|-(md5|sha(1|224|256|384|512))|[^-].*)$/)],
]);

export function opensslRule([command, ...args]: readonly (string | null)[]): string | null {
  const rule = opensslRules.get(command ?? '');
  return rule ? rule(args) : `\`openssl ${command ?? ''}\` is not known to only read`;
}
