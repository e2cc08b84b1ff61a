# The two commands of the README are `make run` and `make test`; both need
# nothing but Go and make.

GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.6.0

.PHONY: run test cover faults fuzz race soak arm64 vuln build lint quick bench bench-check bench-baseline bench-tests profile update reference reference-check recover backtest clean

run: build ## run the shipped experiment and draw its figures
	./bin/asylumsim run core-protection --force
	./bin/asylumsim plot results/core-protection

# COVER=1 also counts which statements of sim the tests run.
COVER =
PROFILE = bin/cover.out
test: ## all tests
	$(if $(COVER),@mkdir -p bin)
	$(GO) test -timeout 20m $(if $(COVER),-coverpkg=./sim/... -coverprofile=$(PROFILE)) ./...
	$(if $(COVER),$(cover-report))

# The binary says which commit it was built from, if git can tell.
STAMP = -buildvcs=$(shell git rev-parse HEAD >/dev/null 2>&1 && echo true || echo false)
build: ## the binary, bin/asylumsim
	$(GO) build $(STAMP) -trimpath -o bin/asylumsim ./cmd/asylumsim

lint: ## go vet and staticcheck
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

cover: ## all tests, and how much of sim they run: at least 90% of statements
	$(MAKE) test COVER=1

# A profile has a line for each block and each package that tests it. Blocks are
# put together by package; go tool cover does so by function and in all.
define cover-report
@awk 'NR > 1 { package = $$1; sub("/[^/]*$$", "", package); \
    if (!($$1 in seen)) { seen[$$1] = 1; all[package] += $$2 } \
    if ($$3 > 0 && !($$1 in run)) { run[$$1] = 1; covered[package] += $$2 } } \
  END { for (p in all) printf "%5.1f%%  %s\n", 100 * covered[p] / all[p], p }' $(PROFILE) | sort -k 2
@$(GO) tool cover -func=$(PROFILE) | awk '$$NF == "0.0%" { print "never run: " $$1 " " $$2 } \
  /^total:/ { total = $$NF + 0 } \
  END { printf "%.1f%% of the statements of sim are run by the tests, want 90%% or more\n", total; exit total < 90 }'
endef

race: ## what runs on several goroutines, under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -count 1 -timeout 30m ./sim/store
	CGO_ENABLED=1 $(GO) test -race -count 1 -timeout 30m ./sim/experiment \
	  -run '^Test(ResultsDoNotDependOnWorkers|InterruptKeepsWhatHasBegun|SinkErrorStopsTheRun|ContradictingOpeningIsReported|NoWorkerOutlivesItsRun)$$'
	CGO_ENABLED=1 $(GO) test -race -count 1 -timeout 30m ./cmd/asylumsim -run '^(TestInterrupt|TestScripts)$$/^together$$'

# AREAS=decision,appeal for the mistakes in some areas.
AREAS =
faults: ## put mistakes into the program, one at a time, and see which test notices each, in some minutes
	$(GO) build -o bin/seedfaults ./cmd/seedfaults
	bin/seedfaults -only "$(AREAS)"

# Fuzz targets run one after the other; go test ends the first that finds
# something, and keeps the input in testdata/fuzz of its package. FUZZ is a time,
# or a number of inputs such as 5000x, for each.
FUZZ = 30s
TARGETS = .
fuzz: ## look for inputs that parsers do not survive; FUZZ=5m for longer, TARGETS=Journal for some
	@set -e; $(GO) test -list '^Fuzz' ./cmd/... ./sim/... | awk '/^Fuzz/ { names[++n] = $$1 } /^ok/ { for (i = 1; i <= n; i++) print $$2, names[i]; n = 0 }' \
	  | grep -E '$(TARGETS)' | while read -r package target; do \
	    echo "$$package $$target"; \
	    $(GO) test "$$package" -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZ) -fuzzminimizetime 200x -parallel 1; \
	  done

soak: ## 2,000 small replications: memory, goroutines and open files stay what they are
	$(GO) test ./cmd/asylumsim -run '^TestSoak$$' -count 1 -timeout 30m -v -soak

# Programs for arm64 run under qemu-aarch64, of the package qemu-user.
KERNEL = ./sim/random ./sim/event ./sim/queue ./sim/clock ./sim/unit ./sim/measure
arm64: ## the same experiments on arm64: every number of every replication is the same
	$(GO) test ./cmd/asylumsim -run '^Test(AnotherArchitectureGivesTheSameRows|NoProductIsFusedIntoASum)$$' -count 1 -timeout 30m -v -arm64
	CGO_ENABLED=0 GOARCH=arm64 $(GO) test -exec qemu-aarch64 -count 1 $(KERNEL)

# Where the database cannot be reached nothing is checked, and the target fails;
# with UNREACHABLE=0 it only says so, for machines without the internet.
VULNDB =
UNREACHABLE = 4
vuln: ## known vulnerabilities in what the program uses; VULNDB=file:///folder for a copy of the database
	@mkdir -p bin
	GOBIN="$(abspath bin)" $(GO) install $(GOVULNCHECK)
	@status=0; said=$$(bin/govulncheck $(if $(VULNDB),-db $(VULNDB)) ./... 2>&1) || status=$$?; \
	case "$$status $$said" in \
	"1 govulncheck: fetching vulnerabilities: "*) \
	  echo "NOT CHECKED for vulnerabilities: $(or $(VULNDB),https://vuln.go.dev) cannot be reached; for a copy of the database: make vuln VULNDB=file:///folder"; \
	  exit $(UNREACHABLE);; \
	*) echo "$$said"; exit $$status;; \
	esac

quick: build ## a short form of run: 2 years, 3 replications
	./bin/asylumsim run core-protection --years 2 --replications 3 --out results/quick --force
	./bin/asylumsim plot results/quick

# Benchmarks, run by their compiled tests. The kernel and the base replication
# take turns, so that the ratio of their times is one of the same minutes; so do
# one worker and two.
RESULTS = results/benchmark
ROUNDS = 1 2 3 4 5
COMPARED = .unit:(ns/op OR ns/event OR allocs/event OR B/case OR MB OR peak-MB OR speedup)
BENCHREPORT = bin/benchreport
bench bench-check: SHELL = bash
bench bench-check: .SHELLFLAGS = -o pipefail -ec

define bench-core
	printf 'go: %s\ndate: %s\n' "$$($(GO) env GOVERSION)" "$$(date -u +%F)"; \
	bin/random.test -test.run '^$$' -test.bench '^BenchmarkDraw$$' -test.benchtime 0.2s; \
	for round in $(ROUNDS); do \
	  bin/event.test -test.run '^$$' -test.bench '^BenchmarkKernel$$'; \
	  bin/asylumsim.test -test.run '^$$' -test.bench '^BenchmarkReplication$$/^regime=uk-2025$$' -test.benchtime 3x; \
	done
endef

bench: bench-tests ## all benchmarks, compared with the stored ones, in some minutes
	{ $(bench-core); \
	  bin/asylumsim.test -test.run '^$$' -test.bench '^BenchmarkReplication$$' -test.skip '/^regime=uk-2025$$' -test.benchtime 2x; \
	  for round in 1 2 3; do \
	    bin/asylumsim.test -test.run '^$$' -test.bench '^Benchmark(Growth|Workers)$$' -test.benchtime 1x; \
	  done; \
	} | tee $(RESULTS)/latest.txt
	$(GO) tool benchstat -table pkg -ignore go,date,cpu -filter '$(COMPARED)' $(RESULTS)/baseline.txt $(RESULTS)/latest.txt
	$(BENCHREPORT) -table -check $(RESULTS)/latest.txt

# Other programs on the machine take memory from a replication and not from the
# kernel, which fits in a cache: the ratio is measured again some minutes later
# before it counts. What costs more costs more every time.
bench-check: bench-tests ## the benchmarks that continuous integration checks, in a minute or two
	for attempt in 1 2 3 4; do \
	  { $(bench-core); } | tee $(RESULTS)/check.txt; \
	  status=0; $(BENCHREPORT) -check $(RESULTS)/check.txt || status=$$?; \
	  if [ $$status -ne 2 ]; then break; fi; \
	  echo "attempt $$attempt: an event costs more; other programs may have taken the memory"; \
	  if [ $$attempt -lt 4 ]; then sleep $$((60 * attempt)); fi; \
	done; exit $$status

bench-baseline: ## store what make bench measured, and what the documents show of it
	$(GO) build -o bin/benchreport ./cmd/benchreport
	$(BENCHREPORT) -readme README.md -figures docs/performance $(RESULTS)/latest.txt
	cp $(RESULTS)/latest.txt $(RESULTS)/baseline.txt

bench-tests:
	$(GO) test -c -o bin/ ./sim/random ./sim/event ./cmd/asylumsim
	$(GO) build -o bin/benchreport ./cmd/benchreport

# The binary is built for its profile: cmd/asylumsim/default.pgo, which go build
# finds by its name. It is static and in a place of no meaning, since a profile
# names the files that were mapped.
PROFILED = /tmp/asylumsim.test

profile: ## measure anew the profile that the binary is built with
	CGO_ENABLED=0 $(GO) test -trimpath -c -pgo=off -o $(PROFILED) ./cmd/asylumsim
	cd cmd/asylumsim && $(PROFILED) -test.run '^$$' -test.benchtime 8x -test.cpuprofile default.pgo \
	  -test.bench '^BenchmarkReplication$$/^regime=(uk-2025|uk-core-protection-announced|detain-and-deport|denmark)$$'
	rm $(PROFILED)

update: ## rewrite the golden files of the tests
	$(GO) test ./sim/backtest ./sim/chart ./sim/compare ./sim/config ./sim/evidence ./sim/verify -update

reference: ## run the reference experiments in full and pin their effects; EXPERIMENTS=a,b for some, with RESULT=folder out of a finished result
	$(GO) test ./cmd/asylumsim -run '^TestReference$$' -count 1 -timeout 4h -reference update -experiments "$(EXPERIMENTS)" -result "$(abspath $(RESULT))"

reference-check: ## run some replications of them and compare, within Monte Carlo error
	$(GO) test ./cmd/asylumsim -run '^TestReference$$' -count 1 -timeout 1h -v -reference check -experiments "$(EXPERIMENTS)"

recover: ## take runs of the model as data and see that calibration recovers what made them
	$(GO) test ./sim/calibrate -run TruthOfTheModel -full -count 1 -timeout 1h

backtest: ## make the record of the back-test again and compare it with the one kept; PIN=1 to keep it
	$(MAKE) build
	rm -rf bin/backtest
	bin/asylumsim backtest --out bin/backtest
	mkdir -p $(RECORD)
	if [ -n "$(PIN)" ]; then cp bin/backtest/scores.csv bin/backtest/summary.csv bin/backtest/facts.csv $(RECORD)/; fi
	diff bin/backtest/scores.csv $(RECORD)/scores.csv
	diff bin/backtest/summary.csv $(RECORD)/summary.csv
	diff bin/backtest/facts.csv $(RECORD)/facts.csv

RECORD = results/reference/backtest

clean:
	rm -rf bin
