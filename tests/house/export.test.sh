# What is handed on: the stories that were starred or are asked for, to a pipe or into a file.
. tests/house/script.sh
mkdir -p "$work/in"
sed 's/^# .*/# 早报 2026-01-01/' "$data" >"$work/in/2026-01-01.md"
sed 's/^# .*/# 早报 2026-01-03/' "$data" >"$work/in/2026-01-03.md"
ids=$("$sulan" list --format tsv kind:story -- "$work/in" | cut -f 1)
"$sulan" mark star $(echo "$ids" | sed -n '1p;5p;6p') -- "$work/in"
"$sulan" mark note '给 老王' $(echo "$ids" | head -n 1)
"$sulan" mark tag 公司 $(echo "$ids" | head -n 1)
export_() { "$sulan" --lang en export "$@" -- "$work/in"; }
titles() { grep -c '^## ' "$1"; }

starred() { status 0 export_ && [ "$(titles "$work/out")" -eq 3 ] && head -n 1 "$work/out" | grep -q '^# 速览摘选 2026-01-01 – 2026-01-03$' && grep -q '^> \*\*备注：\*\* 给 老王$' "$work/out" && grep -q '^> \*\*标签：\*\* 公司$' "$work/out"; }
again() { export_ >"$work/e.md" && "$sulan" --lang en check - <"$work/e.md" >"$work/out" && grep -q '^  stories  *3$' "$work/out" && grep -q 'stories with labels' "$work/out" && ! grep -q 'no source\|no category' "$work/out"; }
filtered() { status 0 export_ after:2026-01-03 kind:brief && [ "$(titles "$work/out")" -eq 3 ]; }
nothing() { status 1 export_ nonesuchword && [ ! -s "$work/out" ] && says 'let through by the filter' && status 1 export_ -o "$work/n.md" nonesuchword && [ ! -e "$work/n.md" ]; }
unstarred() { status 1 env XDG_DATA_HOME="$work/none" "$sulan" --lang en export -- "$work/in" && says 'no story is starred'; }
json() { status 0 export_ --format json && grep -qF '"star":true,"later":false,"dismissed":false,"tags":["公司"],"note":"给 老王"}' "$work/out" && [ "$(grep -c '^{"id"' "$work/out")" -eq 3 ]; }
tsv() { status 0 export_ --format tsv && [ "$(grep -c "	s	公司	给 老王$" "$work/out")" -eq 1 ] && [ "$(awk -F '\t' 'NF == 10' "$work/out" | wc -l)" -eq 3 ]; }
form() { status 2 export_ --format html && says 'no format “html”'; }
whole() { status 0 export_ --whole && grep -q '^- 可疑点排序' "$work/out" && status 0 export_ && ! grep -q '可疑点排序' "$work/out"; }
file() { status 0 export_ -o "$work/f.md" && [ ! -s "$work/out" ] && export_ | cmp - "$work/f.md" && [ "$(stat -c %a "$work/f.md")" = "$(printf %o $((0666 & ~0$(umask))))" ]; }
kept() { echo mine >"$work/k.md" && status 2 export_ --output "$work/k.md" && says 'k.md: is there already' && [ "$(cat "$work/k.md")" = mine ]; }
forced() { echo mine >"$work/k.md" && chmod 600 "$work/k.md" && ln -s k.md "$work/link.md" && status 0 export_ --force -o "$work/link.md" && [ -L "$work/link.md" ] && grep -q '^# 速览摘选' "$work/k.md" && [ "$(stat -c %a "$work/k.md")" = 600 ]; }
elsewhere() { status 3 export_ -o "$work/nonesuch/f.md" && says 'f.md: cannot be written' && status 3 export_ --force -o "$work/in" && says 'is no regular file' && status 0 export_ -o - && [ -s "$work/out" ]; }
full() { export_ >/dev/full 2>"$work/err"; [ $? -eq 3 ]; }
litter() { [ -z "$(find "$work" -name '.sulan*')" ]; }
gone() { { export_ kind:story 2>"$work/err"; echo $? >"$work/status"; } | head -n 1 >/dev/null; [ ! -s "$work/err" ] && grep -qxE '0|141' "$work/status"; }

library() { "$sulan" import "$work/in" >/dev/null && export_ >"$work/e.md" && status 0 "$sulan" --lang en export && [ "$(titles "$work/out")" -eq 3 ] && cmp "$work/out" "$work/e.md" && status 0 "$sulan" --lang en export --whole cat:硬件 after:2026-01-03 && grep -q '^这一条还有一段正文' "$work/out"; }
moved() { mv "$work/in/2026-01-01.md" "$work/away" && status 0 "$sulan" --lang en export && [ "$(titles "$work/out")" -eq 1 ]; mv "$work/away" "$work/in/2026-01-01.md"; [ "$(titles "$work/out")" -eq 1 ]; }

check "the starred stories, with what was made of them" starred
check "it reads back as stories with their sources" again
check "a filter instead" filtered
check "nothing to hand on is exit 1, and no file" nothing
check "nothing starred is said" unstarred
check "as JSON with the state" json
check "as TSV with the state" tsv
check "other formats are not known" form
check "the whole text is asked for" whole
check "into a file" file
check "a file that is there is left alone" kept
check "but for --force, through a link and with its rights" forced
check "where it cannot be written is said" elsewhere
check "a full disk is noticed" full
check "a reader that goes away is no harm" gone
check "of the whole library, when there is one" library
check "a file that is gone is not missed" moved
check "nothing is left lying about" litter
finish
