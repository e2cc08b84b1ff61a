# The two commands of the README are `make run` and `make test`; both need
# nothing but Go and make.

GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: run test build lint quick bench update reference reference-check clean

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

bench: ## benchmarks of the engine and of one replication
	$(GO) test -run '^$$' -bench . -benchmem ./sim/random ./sim/event ./sim/asylum

update: ## rewrite the golden files of the tests
	$(GO) test ./sim/chart ./sim/compare ./sim/config ./sim/evidence -update

reference: ## run the reference experiments in full and pin their effects; EXPERIMENTS=a,b for some, with RESULT=folder out of a finished result
	$(GO) test ./cmd/asylumsim -run '^TestReference$$' -count 1 -timeout 4h -reference update -experiments "$(EXPERIMENTS)" -result "$(abspath $(RESULT))"

reference-check: ## run some replications of them and compare, within Monte Carlo error
	$(GO) test ./cmd/asylumsim -run '^TestReference$$' -count 1 -timeout 1h -v -reference check -experiments "$(EXPERIMENTS)"

clean:
	rm -rf bin
