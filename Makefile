# The two commands of the README are `make run` and `make test`; both need
# nothing but Go and make.

GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: run test build lint quick bench bench-check bench-baseline bench-tests profile update reference reference-check clean

run: build ## run the shipped experiment and draw its figures
	./bin/asylumsim run core-protection --force
	./bin/asylumsim plot results/core-protection

test: ## all tests
	$(GO) test ./...

build: ## the binary, bin/asylumsim
	$(GO) build -trimpath -o bin/asylumsim ./cmd/asylumsim

lint: ## go vet and staticcheck
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

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
	  bin/asylumsim.test -test.run '^$$' -test.bench '^BenchmarkReplication$$' -test.skip '/^regime=uk-2025$$' -test.benchtime 1x; \
	  for round in 1 2 3; do \
	    bin/asylumsim.test -test.run '^$$' -test.bench '^Benchmark(Growth|Workers)$$' -test.benchtime 1x; \
	  done; \
	} | tee $(RESULTS)/latest.txt
	$(GO) tool benchstat -table pkg -ignore go,date,cpu -filter '$(COMPARED)' $(RESULTS)/baseline.txt $(RESULTS)/latest.txt
	$(BENCHREPORT) -table -check $(RESULTS)/latest.txt

bench-check: bench-tests ## the benchmarks that continuous integration checks, in a minute or two
	for attempt in 1 2; do \
	  { $(bench-core); } | tee $(RESULTS)/check.txt; \
	  status=0; $(BENCHREPORT) -check $(RESULTS)/check.txt || status=$$?; \
	  if [ $$status -ne 2 ]; then break; fi; \
	  echo "attempt $$attempt: an event costs more; other programs may have taken the memory"; \
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
	$(GO) test ./sim/chart ./sim/compare ./sim/config ./sim/evidence -update

reference: ## run the reference experiments in full and pin their effects; EXPERIMENTS=a,b for some, with RESULT=folder out of a finished result
	$(GO) test ./cmd/asylumsim -run '^TestReference$$' -count 1 -timeout 4h -reference update -experiments "$(EXPERIMENTS)" -result "$(abspath $(RESULT))"

reference-check: ## run some replications of them and compare, within Monte Carlo error
	$(GO) test ./cmd/asylumsim -run '^TestReference$$' -count 1 -timeout 1h -v -reference check -experiments "$(EXPERIMENTS)"

clean:
	rm -rf bin
