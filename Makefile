# sulan: everything is built in $(BUILD); `make help` lists the targets.
.DEFAULT_GOAL := all

PREFIX  ?= /usr/local
BINDIR  ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR  ?= $(DATADIR)/man
BUILD   ?= build
CFLAGS  ?= -O3 -g
INSTALL ?= install
AWK     ?= awk
VERSION := 0.1.0

# The layers, lowest first. What may include what: tests/layers.tsv, checked by `make layers`.
base    := arena str argv error file date date_scan date_find date_part date_near profile baked
text    := ucd utf8 cluster glyph ascii show around kinsoku_class kinsoku linebreak places wrap pipes variants fold readings pinyin script chart
theme   := role color theme
options := table options profiles sections config config_find
screen  := canvas numbers key qr
doc     := build decode front admonition math mend emoji footnote html markdown inline profile label_words labels link host maker meta chars story id number lines rows topic pattern title piece publication name levels heading overview sections outline issue
page    := sheet gaps flow table block meta mention page
find    := keywords find needle query holds
library := record pack snapshot store parcels undolog triage identity files journal resume listings turn compact upkeep sync \
	tokenizer index opening rows pairs gist gists ahead folders edits scan titles terms candidates matches lookup \
	related trend spans census stories marked asks
out     := forms text ansi json inline mdblock markdown html digest list found trend check
ui      := app intake settle draw view command keymap bindings list shelf stacks whole reading counts tabs picks select search detail frame paint bars panes keep \
	prompt complete complete_filter help_view hints_view calendar calendar_view calendar_draw links_view card_view qr_view done_view found_view found_paint trend_view trend_paint threads jump library sources moves onward goes marks notes links parcel hands finds limit screens mouse words
term    := term out caps depth width probe signals ink spell told screen cell pen fits decode input spawn children place plan clip remote front pipe line handover checkup
fetch   := main place http run stamp html feed days kinds
main    := main args world looks terminals inputs setup state save filter wholes listing print list export mark sync catalog import search trend finder sources fetching tables doctor doctor_links reader

LIB_LAYERS ?= base text theme options screen doc page find library out
objs_of     = $(foreach f,$($(1)),$(BUILD)/$(1)/$(f).o)
LIB_OBJS   := $(foreach l,$(LIB_LAYERS),$(call objs_of,$(l))) $(BUILD)/gen/baked.o
UI_OBJS    := $(call objs_of,ui)
MAIN_OBJS  := $(UI_OBJS) $(call objs_of,term) $(patsubst %,$(BUILD)/%.o,$(main))

BAKED := $(sort $(wildcard themes/*.theme) $(wildcard po/*.po)) man/config.ini man/sample.md

PKGS      := ncursesw libcmark inih jansson sqlite3 libqrencode libidn2
FETCH_PKGS := libcurl libxml-2.0
TEST_PKGS := cmocka vterm
# Asked once and only when a recipe needs it, so that `make deps` can come first.
once = $(eval $(1) := $(shell $(2)))$($(1))
PKG_CFLAGS      = $(call once,PKG_CFLAGS,pkg-config --cflags $(PKGS))
PKG_LIBS        = $(call once,PKG_LIBS,pkg-config --libs $(PKGS) && echo -lunistring)
FETCH_PKG_CFLAGS = $(call once,FETCH_PKG_CFLAGS,pkg-config --cflags $(FETCH_PKGS))
FETCH_PKG_LIBS  = $(call once,FETCH_PKG_LIBS,pkg-config --libs $(FETCH_PKGS) && echo -lunistring)
TEST_PKG_CFLAGS = $(call once,TEST_PKG_CFLAGS,pkg-config --cflags $(TEST_PKGS))
TEST_PKG_LIBS   = $(call once,TEST_PKG_LIBS,pkg-config --libs $(TEST_PKGS) && echo -lm)

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wvla \
	-Wwrite-strings -Wformat=2 -Wno-format-nonliteral
OUR_CFLAGS = -std=c11 -D_GNU_SOURCE -DSULAN_VERSION='"$(VERSION)"' -DSULAN_DATADIR='"$(DATADIR)"' \
	$(WARNINGS) -Iinclude -fstack-protector-strong -ffunction-sections $(HARDEN)
HARDEN  ?= -D_FORTIFY_SOURCE=2
OUR_LDFLAGS := -Wl,-z,relro -Wl,-z,now
# `make V=1` shows whole commands.
Q       := $(if $(V),,@)
SAY      = $(if $(V),@:,@printf '  %-4s %s\n')
COMPILE = $(Q)$(CC) $(OUR_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<
LINK    = $(Q)$(CC) $(CFLAGS) $(OUR_LDFLAGS) $(LDFLAGS) -o $@
MKDIR   = @mkdir -p $(@D)
# With `make deps check`, nothing is built before everything is there.
FIRST  := $(filter deps deps-dev,$(MAKECMDGOALS))

all: $(BUILD)/sulan $(BUILD)/sulan-fetch ## build build/sulan, build/sulan-fetch and build/libsulan.a

# Half of a start is loading libraries: those of which there is an archive become part of the
# reader. `make STATIC=` links all of them dynamically.
STATIC ?= cmark inih jansson sqlite3 idn2 unistring ncursesw tinfo
is_archived = $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a))
ARCHIVED = $(call once,ARCHIVED,echo $(foreach l,$(STATIC),$(if $(call is_archived,$(l)),-l$(l))))
READER_LIBS = $(filter-out $(ARCHIVED),$(PKG_LIBS)) -Wl,-Bstatic $(ARCHIVED) -Wl,-Bdynamic -lm

# Where the linker knows how: see there.
EACH_KEY := -Wl,-T,src/each_key.ld
ORDER     = $(call once,ORDER,echo 'int main(void){return 0;}' | $(CC) $(CFLAGS) $(LDFLAGS) $(EACH_KEY) \
	-xc -o $(BUILD)/ordered - 2>/dev/null && echo $(EACH_KEY))

$(BUILD)/sulan: $(MAIN_OBJS) $(BUILD)/libsulan.a src/each_key.ld
	$(SAY) LINK $@
	$(LINK) $(ORDER) $(filter-out %.ld,$^) $(READER_LIBS) $(LDLIBS)

# Apart from the reader: only this program links the network.
$(BUILD)/sulan-fetch: $(call objs_of,fetch) $(BUILD)/libsulan.a
	$(SAY) LINK $@
	$(LINK) $^ $(FETCH_PKG_LIBS) $(LDLIBS)

$(BUILD)/fetch/%.o: PKG_CFLAGS = $(FETCH_PKG_CFLAGS)

$(BUILD)/libsulan.a: $(LIB_OBJS)
	@rm -f $@
	$(SAY) AR $@
	$(Q)ar rcs $@ $^

$(BUILD)/%.o: src/%.c Makefile | $(FIRST)
	$(MKDIR)
	$(SAY) CC $@
	$(COMPILE)

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(SAY) CC $@
	$(COMPILE)

$(BUILD)/gen/baked.c: src/base/bake.awk $(BAKED) | $(FIRST)
	$(MKDIR)
	$(SAY) BAKE $@
	$(Q)LC_ALL=C $(AWK) -f src/base/bake.awk $(BAKED) > $@.new && mv $@.new $@

# Tests. Each program speaks TAP; tests/run.sh counts.
UNITS  := $(patsubst tests/unit/%.c,%,$(sort $(wildcard tests/unit/*.c)))
SCRIPTS := $(sort $(wildcard tests/*/*.test.sh))
TEST_PROGRAMS = $(patsubst %,$(BUILD)/tests/unit/%,$(UNITS)) $(BUILD)/tests/golden/golden \
	$(BUILD)/tests/fault/faults $(BUILD)/tests/play/play $(BUILD)/tests/play/ui $(BUILD)/tests/play/monkey $(BUILD)/tests/play/follow $(BUILD)/tests/play/changes $(patsubst %,$(BUILD)/tests/term/%,pty keys probe ink pen written told depth giveback open ways pipe links hyperlinks slow reader sources outside agree index config)
RUN_TESTS = BUILD=$(BUILD) tests/run.sh

$(BUILD)/tests/%.o: tests/%.c Makefile | $(FIRST)
	$(MKDIR)
	$(SAY) CC $@
	$(Q)$(CC) $(OUR_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS) $(TEST_PKG_CFLAGS) -Itests -MMD -MP -c -o $@ $<

$(BUILD)/tests/play/%.o: OUR_CFLAGS += -Isrc/ui
$(patsubst %,$(BUILD)/tests/term/%.o,probe ink pen written told depth): OUR_CFLAGS += -Isrc/term
$(BUILD)/tests/unit/related.o $(BUILD)/tests/unit/ahead.o: OUR_CFLAGS += -Isrc/library

$(BUILD)/tests/fetch/serve: $(BUILD)/tests/fetch/serve.o
	$(SAY) LINK $@
	$(LINK) $^ $(LDLIBS)
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libsulan.a
	$(SAY) LINK $@
	$(LINK) $^ $(PKG_LIBS) $(TEST_PKG_LIBS) $(LDLIBS)
$(BUILD)/tests/fault/%: $(BUILD)/tests/fault/%.o $(BUILD)/tests/fault/disk.o $(BUILD)/libsulan.a
	$(SAY) LINK $@
	$(LINK) $^ $(PKG_LIBS) $(TEST_PKG_LIBS) $(LDLIBS)
$(BUILD)/tests/golden/%: $(BUILD)/tests/golden/%.o $(BUILD)/libsulan.a
	$(SAY) LINK $@
	$(LINK) $^ $(PKG_LIBS) $(TEST_PKG_LIBS) $(LDLIBS)
$(BUILD)/tests/play/%: $(BUILD)/tests/play/%.o $(UI_OBJS) $(BUILD)/libsulan.a
	$(SAY) LINK $@
	$(LINK) $^ $(PKG_LIBS) $(TEST_PKG_LIBS) $(LDLIBS)
$(patsubst %,$(BUILD)/tests/term/%,pty keys giveback open ways pipe): $(patsubst %,$(BUILD)/tests/term/%.o,child trial)
$(patsubst %,$(BUILD)/tests/term/%,open ways pipe): $(BUILD)/tests/term/errand.o
$(BUILD)/tests/term/agree: $(BUILD)/tests/term/shower.o
$(patsubst %,$(BUILD)/tests/term/%,agree pen): | $(BUILD)/tests/terminfo
$(BUILD)/tests/terminfo: tests/term/types.ti
	$(MKDIR)
	$(SAY) TIC $@
	$(Q)tic -x -o $@ $< && touch $@
$(BUILD)/tests/term/%: $(BUILD)/tests/term/%.o $(BUILD)/tests/term/vt.o $(BUILD)/tests/term/job.o $(call objs_of,term) $(BUILD)/libsulan.a
	$(SAY) LINK $@
	$(LINK) $(filter %.o,$^) $(filter %.a,$^) $(PKG_LIBS) $(TEST_PKG_LIBS) $(LDLIBS)

check: $(BUILD)/sulan $(BUILD)/sulan-fetch $(BUILD)/tests/fetch/serve $(TEST_PROGRAMS) ## build and run all tests
	$(Q)$(RUN_TESTS) $(TEST_PROGRAMS) $(SCRIPTS)

check-unit: $(patsubst %,$(BUILD)/tests/unit/%,$(UNITS)) ## the unit tests (UNITS="wrap fold" for some)
	$(Q)$(RUN_TESTS) $^

run: $(BUILD)/sulan ## build and open the bundled sample issue
	$(BUILD)/sulan man/sample.md

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
asan: ## all tests under AddressSanitizer and UBSan, in $(BUILD)-asan
	$(MAKE) BUILD=$(BUILD)-asan HARDEN= CFLAGS='-O1 -g $(SANITIZE)' LDFLAGS='$(SANITIZE)' check

valgrind: $(BUILD)/sulan $(TEST_PROGRAMS) ## the unit tests and a whole reading under valgrind
	tests/valgrind.sh $(BUILD)

BENCHES := firstpaint hello_curses keys cost wrap set lookup threads archive soon stacks marks
bench: $(BUILD)/sulan $(BENCHES:%=$(BUILD)/bench/%) ## speed, as ratios to other programs in the same run (PARTS="print text" for some)
	BUILD=$(BUILD) tests/bench/bench.sh $(PARTS)

$(BUILD)/bench/wrap $(BUILD)/bench/set $(BUILD)/bench/lookup $(BUILD)/bench/threads $(BUILD)/bench/soon $(BUILD)/bench/marks: $(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libsulan.a
	$(MKDIR)
	$(LINK) $(OUR_CFLAGS) $(PKG_CFLAGS) $^ $(PKG_LIBS)
$(BUILD)/bench/stacks: tests/bench/stacks.c $(UI_OBJS) $(BUILD)/libsulan.a
	$(MKDIR)
	$(LINK) $(OUR_CFLAGS) $(PKG_CFLAGS) $^ $(PKG_LIBS)
$(BUILD)/bench/%: tests/bench/%.c | $(FIRST)
	$(MKDIR)
	$(CC) $(OUR_CFLAGS) $(CFLAGS) $(PKG_CFLAGS) $(LDFLAGS) -o $@ $< -lncursesw -ltinfo -lutil

bless: $(BUILD)/tests/golden/golden ## show what golden files would change, and ask
	tests/bless.sh $(BUILD)/tests/golden/golden

layers: $(BUILD)/libsulan.a ## who includes whom, curses, and mutable data in the library
	tests/layers.sh $(BUILD)/libsulan.a

TABLES  := src/text/ucd.c src/text/variants.c src/text/readings.c
SOURCES = $(sort $(wildcard include/sulan/*.h src/*.[ch] src/*/*.[ch] tests/*.h tests/*/*.[ch]))
lint: ## clang-tidy and cppcheck
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
		--suppressions-list=.cppcheck --error-exitcode=1 -Iinclude -D_GNU_SOURCE src
	printf '%s\n' $(filter-out $(TABLES),$(filter src/%.c,$(SOURCES))) | xargs -P "$$(nproc)" -I {} \
		clang-tidy --quiet {} -- $(OUR_CFLAGS) $(PKG_CFLAGS) $(FETCH_PKG_CFLAGS)

format: ## clang-format on all sources
	clang-format -i $(filter-out $(TABLES),$(SOURCES))

# The manuals in all languages, and where man looks for one of them: zh_CN/sulan.1 is zh_CN/man1/sulan.1.
MANUALS   := $(patsubst man/%,%,$(wildcard man/*.[15] man/*/*.[15]))
man_place  = $(DESTDIR)$(MANDIR)/$(patsubst ./%,%,$(dir $(1)))man$(subst .,,$(suffix $(1)))/$(notdir $(1))
define install_manual

	$(INSTALL) -d $(dir $(call man_place,$(1)))
	$(INSTALL) -m 644 man/$(1) $(call man_place,$(1))
endef

BASH_PLACE := $(DATADIR)/bash-completion/completions/sulan
ZSH_PLACE  := $(DATADIR)/zsh/site-functions/_sulan
FISH_PLACE := $(DATADIR)/fish/vendor_completions.d/sulan.fish

install: $(BUILD)/sulan $(BUILD)/sulan-fetch ## install under DESTDIR/PREFIX
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(DATADIR)/sulan/themes
	$(INSTALL) -m 755 $(BUILD)/sulan $(DESTDIR)$(BINDIR)/sulan
	$(INSTALL) -m 755 $(BUILD)/sulan-fetch $(DESTDIR)$(BINDIR)/sulan-fetch
	$(INSTALL) -m 644 themes/*.theme $(DESTDIR)$(DATADIR)/sulan/themes/
	$(INSTALL) -D -m 644 completions/sulan.bash $(DESTDIR)$(BASH_PLACE)
	$(INSTALL) -D -m 644 completions/_sulan $(DESTDIR)$(ZSH_PLACE)
	$(INSTALL) -D -m 644 completions/sulan.fish $(DESTDIR)$(FISH_PLACE)
	$(INSTALL) -m 644 man/config.ini man/sample.md $(DESTDIR)$(DATADIR)/sulan/
	$(foreach manual,$(MANUALS),$(call install_manual,$(manual)))

uninstall: ## remove what install put there
	rm -rf $(DESTDIR)$(DATADIR)/sulan
	rm -f $(DESTDIR)$(BINDIR)/sulan $(DESTDIR)$(BINDIR)/sulan-fetch
	rm -f $(foreach manual,$(MANUALS),$(call man_place,$(manual)))
	rm -f $(addprefix $(DESTDIR),$(BASH_PLACE) $(ZSH_PLACE) $(FISH_PLACE))

deps: ## install what building and testing need and this machine lacks (Debian)
	@.ci/deps run check
deps-dev: ## the same for lint, format, clang, valgrind and bench
	@.ci/deps run check dev

clean: ## remove everything that was built
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-clang

help: ## this list
	@$(AWK) -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' Makefile

.SECONDARY:
.PHONY: all check check-unit run asan valgrind bench bless layers lint format install uninstall deps \
	deps-dev clean help
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
