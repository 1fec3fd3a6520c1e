# shellcheck shell=bash
# What ./run, ./test and bench/run share: installing from Debian and npm, building the pages and the program.
# To be sourced from the repository root with `set -euo pipefail` on. Everything here may be repeated at no cost:
# each step first looks whether its result already stands. Messages are given in Japanese and in English.

root=$(pwd)
packages_file="$root/packaging/debian-packages.txt"
node_cache="$root/.cache/node"
# Vite needs 20.19; Debian's own is 18.
node_minimum=20019
node_wanted=22

say() { printf '%s\n%s\n' "$1" "$2"; }

die() {
  printf '\nエラー: %s\nError: %s\n' "$1" "$2" >&2
  exit 3
}

# Runs a command with its output in a log; on failure shows the end of the log and gives up with the two messages.
logged() {
  local log=$1 ja=$2 en=$3
  shift 3
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    die "$ja（記録: $log）" "$en (log: $log)"
  fi
}

require_debian() {
  local id="" version=""
  if [[ -r /etc/os-release ]]; then
    id=$(sed -n 's/^ID=//p' /etc/os-release | tr -d '"')
    version=$(sed -n 's/^VERSION_ID=//p' /etc/os-release | tr -d '"')
  fi
  if [[ $id != debian || $version != 12 ]]; then
    die "Debian 12 (bookworm) が必要です。この機械は「${id:-不明} ${version}」です。" \
      "Debian 12 (bookworm) is needed; this machine is '${id:-unknown} ${version}'."
  fi
}

# require_space <megabytes> <folder>
require_space() {
  local need=$1 where=$2 free
  while [[ ! -d $where ]]; do where=$(dirname "$where"); done
  free=$(df -Pm "$where" | awk 'NR == 2 {print $4}')
  if ((free < need)); then
    die "ディスクの空きが足りません: $where の空き ${free} MB、必要 ${need} MB。" \
      "Not enough disk space: $where has ${free} MB free, ${need} MB are needed."
  fi
}

# listed_packages <section>...
listed_packages() {
  local section
  for section in "$@"; do
    awk -v wanted="[$section]" '/^\[/ {on = ($0 == wanted); next} on && NF && !/^#/ {print $1}' "$packages_file"
  done
}

missing_packages() {
  local name
  local -A installed=()
  while read -r name; do installed[$name]=1; done < <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' | awk '$1 == "ii" {print $2}')
  for name in "$@"; do [[ -v installed[$name] ]] || printf '%s\n' "$name"; done
}

# install_packages <section>...: only what is missing; needs root or sudo only then.
install_packages() {
  local -a wanted missing admin=()
  mapfile -t wanted < <(listed_packages "$@")
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "パッケージの導入に root 権限か sudo が必要です。不足: ${missing[*]}" \
        "Installing packages needs root or sudo. Missing: ${missing[*]}"
    sudo -n true 2>/dev/null || [[ -t 0 ]] ||
      die "sudo がパスワードを求めています。端末から実行してください。不足: ${missing[*]}" \
        "sudo asks for a password; run this from a terminal. Missing: ${missing[*]}"
    admin=(sudo)
  fi
  require_space 3500 /usr
  say "Debian のパッケージを導入しています（${#missing[@]} 件）…" "Installing ${#missing[@]} Debian packages…"
  local log="$root/build/logs/apt.log" apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o "Dpkg::Use-Pty=0")
  logged "$log" "パッケージ一覧を取得できません。ネットワークと apt の設定を確かめてください。" \
    "The package lists cannot be fetched. Check the network and the settings of apt." \
    "${admin[@]}" "${apt[@]}" -o APT::Update::Error-Mode=any update
  logged "$log" "パッケージを導入できません。ネットワークとディスクの空きを確かめてください。" \
    "The packages cannot be installed. Check the network and the disk space." \
    "${admin[@]}" "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

node_number() { "$1" -p 'const [a, b] = process.versions.node.split("."); a * 1000 + +b' 2>/dev/null || echo 0; }

# Leaves a Node.js new enough and its npm first on the PATH.
prepare_node() {
  local cached="$node_cache/bin"
  [[ -x $cached/node ]] && PATH="$cached:$PATH"
  if command -v node >/dev/null && command -v npm >/dev/null && (($(node_number node) >= node_minimum)); then return 0; fi
  install_packages node
  local arch
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) die "この機種（$(uname -m)）用の Node.js がありません。" "There is no Node.js for this machine type ($(uname -m))." ;;
  esac
  say "Node.js $node_wanted を npm から取得しています…" "Fetching Node.js $node_wanted through npm…"
  mkdir -p "$node_cache"
  # The binary's own package is named, because the package `node` only fetches it from an install script. npm comes with it:
  # Debian's npm runs under Debian's Node alone.
  logged "$root/build/logs/node.log" "Node.js を取得できません。ネットワークと npm の設定を確かめてください。" \
    "Node.js cannot be fetched. Check the network and the settings of npm." \
    npm install --prefix "$node_cache" --no-save --no-audit --no-fund "node-linux-$arch@$node_wanted" npm@10
  mkdir -p "$cached"
  ln -sfn "../node_modules/node-linux-$arch/bin/node" "$cached/node"
  ln -sfn ../node_modules/npm/bin/npm-cli.js "$cached/npm"
  ln -sfn ../node_modules/npm/bin/npx-cli.js "$cached/npx"
  PATH="$cached:$PATH"
  (($(node_number node) >= node_minimum)) ||
    die "Node.js $node_wanted を起動できません。" "Node.js $node_wanted does not start."
}

# fingerprint <path>...: changes when a file below is added, removed, resized or touched.
fingerprint() {
  local path
  local -a present=()
  for path in "$@"; do [[ -e $path ]] && present+=("$path"); done
  find "${present[@]}" -name node_modules -prune -o -name dist -prune -o -type f -printf '%p %s %T@\n' |
    LC_ALL=C sort | sha256sum | cut -d' ' -f1
}

# unchanged <stamp file> <fingerprint>
unchanged() { [[ -f $1 && $(<"$1") == "$2" ]]; }

# install_npm <folder>: exactly what its lock file says.
install_npm() {
  local stamp="$1/node_modules/.genmei-stamp" mark
  mark=$(sha256sum "$1/package-lock.json" | cut -d' ' -f1)
  unchanged "$stamp" "$mark" && return 0
  say "npm の部品を導入しています（$1）…" "Installing npm packages ($1)…"
  logged "$root/build/logs/npm.log" "npm の部品を導入できません。ネットワークと npm の設定を確かめてください。" \
    "The npm packages cannot be installed. Check the network and the settings of npm." \
    npm ci --prefix "$1" --no-audit --no-fund
  printf '%s\n' "$mark" >"$stamp"
}

build_web() {
  local stamp="$root/build/web.stamp" mark
  mark=$(fingerprint web)
  if [[ -f web/dist/index.html ]] && unchanged "$stamp" "$mark"; then return 0; fi
  prepare_node
  install_npm web
  say "画面を組み立てています…" "Building the pages…"
  logged "$root/build/logs/web.log" "画面の組み立てに失敗しました。" "Building the pages failed." npm run --prefix web build
  mkdir -p build
  fingerprint web >"$stamp"
}

# build_program <preset> <target>...
build_program() {
  local preset=$1
  shift
  logged "$root/build/logs/cmake-$preset.log" "構成に失敗しました（$preset）。" "Configuring failed ($preset)." \
    cmake --preset "$preset"
  logged "$root/build/logs/build-$preset.log" "ビルドに失敗しました（$preset）。" "The build failed ($preset)." \
    cmake --build --preset "$preset" --target "$@"
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
