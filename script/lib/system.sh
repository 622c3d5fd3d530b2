# What the operating system must have: Debian or Ubuntu packages by unversioned names (sourced, not run).

run_packages=(ca-certificates python3 python3-venv gdal-bin gettext
  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
test_packages=(poppler-utils)

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# With a DATABASE_URL PostGIS is somebody else's.
has_postgis() {
  [ -z "${DATABASE_URL:-}" ] || return 0
  local control version
  for control in /usr/share/postgresql/*/extension/postgis.control; do
    version=${control#/usr/share/postgresql/}
    [ -f "$control" ] && [ -x "/usr/lib/postgresql/${version%%/*}/bin/initdb" ] && return 0
  done
  return 1
}

offered() { [ -n "$(apt-cache --quiet=0 policy "$1" 2>/dev/null | sed -n 's/^  Candidate: *\([^( ]\)/\1/p')" ]; }

# The unversioned PostGIS, or where a release lacks it, the newest one it offers.
postgis_package() {
  if offered postgresql-postgis; then
    echo postgresql-postgis
  else
    apt-cache --names-only search '^postgresql-[0-9]+-postgis-[0-9]+$' | cut -d' ' -f1 | sort -V | tail -n 1
  fi
}

# Liberation 1 has no Vietnamese letters. Debian 12 keeps version 2 apart, later releases do not.
has_document_font() {
  local package version
  for package in fonts-liberation2 fonts-liberation; do
    version=$(dpkg-query -W -f='${Version}' "$package" 2>/dev/null) || continue
    dpkg --compare-versions "${version#*:}" ge 2 && return 0
  done
  return 1
}

document_font_package() {
  if offered fonts-liberation2; then echo fonts-liberation2; else echo fonts-liberation; fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

may_be_root() {
  [ "$(id -u)" -eq 0 ] && return 0
  command -v sudo >/dev/null || return 1
  if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi
}

# Our PostgreSQL is private: the package must not make a cluster of its own beside it.
forbid_main_cluster() {
  as_root mkdir -p /etc/postgresql-common/createcluster.d
  printf '%s\n' "# Written by Trạm & Tuyến before it installed PostgreSQL: it runs a private cluster." \
    "create_main_cluster = false" |
    as_root tee /etc/postgresql-common/createcluster.d/tram-tuyen.conf >/dev/null
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }

missing_packages() {
  local package wanted=("${run_packages[@]}")
  [ "$1" = tests ] && wanted+=("${test_packages[@]}")
  for package in "${wanted[@]}"; do
    installed "$package" || echo "$package"
  done
  [ "$1" != tests ] || [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || [ -f .venv/.chromium ] || echo chromium
  has_document_font || echo document-font
  has_postgis || echo postgis
}

# Ubuntu has no chromium package that is not a snap: there Playwright brings its own, and needs libatomic1.
resolve_packages() {
  local package
  for package in "$@"; do
    case $package in
      postgis) postgis_package ;;
      document-font) document_font_package ;;
      chromium) if offered chromium; then echo chromium; else echo libatomic1; fi ;;
      *) echo "$package" ;;
    esac
  done
}

install_system() {
  local missing names
  mapfile -t missing < <(missing_packages "$1")
  [ "${#missing[@]}" -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    fail "Máy này thiếu: ${missing[*]}; script/bootstrap chỉ biết cài trên Debian và Ubuntu." \
      "Cài những gói đó bằng công cụ của hệ điều hành rồi chạy lại."
  may_be_root ||
    fail "Máy này thiếu: ${missing[*]}." \
      "Chạy lại bằng root hoặc bằng tài khoản dùng được sudo, hoặc nhờ quản trị máy cài các gói đó."
  if [[ " ${missing[*]} " == *" postgis "* ]]; then forbid_main_cluster; fi
  step "Đọc danh mục gói của hệ điều hành" apt_get update ||
    say "  Một nguồn apt không đọc được; vẫn thử cài từ các nguồn còn lại."
  mapfile -t names < <(resolve_packages "${missing[@]}")
  step "Cài ${#names[@]} gói hệ thống: ${names[*]}" apt_get install -y --no-install-recommends "${names[@]}" ||
    fail "apt không cài được các gói trên." "Kiểm tra mạng và nguồn apt (/etc/apt), xem $log, rồi chạy lại."
  has_postgis || fail "Đã cài nhưng không thấy PostGIS." "Chạy: apt-cache policy postgresql-postgis, rồi xem $log."
}
