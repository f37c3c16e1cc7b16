// Variables that a shell, the system or a well-known program's own configuration gives a value to. Whoever runs a guide has them
// already or sets them for the tool (`env`, `secretEnv`), and credentials above all must not be asked for as parameters.

/** True for a variable that is there without the guide; PowerShell's names are read in any case. */
export function isOfEnvironment(name: string, isPowershell: boolean): boolean {
  return isPowershell ? automatic.test(name) || preference.test(name) : shell.test(name) || programs.test(name);
}

/** What bash sets or reads itself, and what every session has. */
const shell = new RegExp(
  `^(?:${[
    'BASH\\w*|COMP_\\w+|DIRSTACK|EPOCH\\w+|EUID|FUNCNAME|FUNCNEST|GLOBIGNORE|GROUPS|HIST\\w+|HOST|HOSTNAME|HOSTTYPE|IFS|LINENO|MACHTYPE',
    'MAPFILE|OLDPWD|OPTARG|OPTERR|OPTIND|OSTYPE|PIPESTATUS|POSIXLY_CORRECT|PPID|PROMPT\\w*|PS[0-4]|PWD|RANDOM|READLINE_\\w+|REPLY|SECONDS',
    'SHELL|SHELLOPTS|SHLVL|SRANDOM|TIMEFORMAT|TMOUT|UID|CDPATH|COLUMNS|LINES|DISPLAY|EDITOR|VISUAL|PAGER|HOME|LANG|LANGUAGE|LC_\\w+|LOGNAME',
    'MAIL\\w*|MANPATH|PATH|TERM|TERM_\\w+|TMP|TEMP|TMPDIR|TZ|USER|USERNAME|SUDO_\\w+|SSH_\\w+|XDG_\\w+|LD_\\w+|DBUS_\\w+|status',
  ].join('|')})$`,
);

/** What programs read for themselves: where they are, whom they speak to, and with which credentials. */
const programs = new RegExp(
  `^(?:${[
    'KUBECONFIG|KUBE_\\w+|KUBERNETES_\\w+|HELM_\\w+|DOCKER_\\w+|CONTAINER_HOST|ETCDCTL_\\w+|VAULT_\\w+|CONSUL_\\w+|NOMAD_\\w+|ANSIBLE_\\w+|TF_\\w+',
    'AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|PROFILE|DEFAULT_PROFILE|REGION|DEFAULT_REGION|ROLE_ARN|CONFIG_FILE|\\w+_FILE|ENDPOINT_URL\\w*)',
    'AZURE_(?:CLIENT_\\w+|TENANT_ID|CONFIG_DIR|\\w*CREDENTIAL\\w*|STORAGE_\\w+)|ARM_\\w+|GOOGLE_\\w+|GCLOUD_\\w+|CLOUDSDK_\\w+|OS_[A-Z_]+|DO_\\w*TOKEN',
    'PG[A-Z]+|MYSQL_PWD|MYSQL_HOME|REDISCLI_AUTH|GITHUB_\\w+|GH_\\w+|GITLAB_\\w+|CI|CI_\\w+|BUILD_\\w+|JENKINS_\\w+|CIRCLE\\w*|GIT_\\w+',
    'JAVA_\\w+|\\w+_HOME|\\w+PATH|\\w+_OPTS|NODE_\\w+|NPM_\\w+|VIRTUAL_ENV|CONDA_\\w+|(?:https?|ftp|no|all)_proxy|(?:HTTPS?|FTP|NO|ALL)_PROXY|CURL_\\w+|SSL_\\w+',
  ].join('|')})$`,
);

const automatic =
  /^(?:_|args|ConsoleFileName|EnabledExperimentalFeatures|error|event|eventargs|eventsubscriber|ExecutionContext|false|foreach|HOME|host|input|Is(?:CoreCLR|Linux|MacOS|Windows)|LASTEXITCODE|Matches|MyInvocation|NestedPromptLevel|null|PID|PROFILE|PS[A-Z]\w+|PWD|sender|ShellId|StackTrace|switch|this|true|OFS|OutputEncoding|Transcript)$/i;
/** Set by a session's own settings, or objects that nobody can type. */
const preference = /Preference$|^Maximum\w+Count$|cred(?:ential)?s?$|session$/i;

/** True for a variable that Windows or its command line gives a value to. */
export function isOfWindows(name: string): boolean {
  return windows.test(name) || programs.test(name.toUpperCase());
}

const windows =
  /^(?:allusersprofile|appdata|cd|clientname|cmdcmdline|cmdextversion|common(?:programfiles\w*)|computername|comspec|date|driverdata|errorlevel|highestnumanodenumber|homedrive|homepath|homeshare|localappdata|logonserver|number_of_processors|os|path|pathext|processor_\w+|program(?:data|files\w*|w6432)|prompt|psmodulepath|public|random|session_?name|systemdrive|systemroot|temp|time|tmp|user(?:dns)?domain\w*|username|userprofile|windir)$/i;
