/** The config of a LangChain call; other properties are passed on. */
export interface RunnableConfig {
	/** A LangChain callback manager, or a list of handlers. */
	callbacks?: unknown;
	signal?: AbortSignal;
	/** Stop sequences. */
	stop?: string[];
	runName?: string;
	[option: string]: unknown;
}

/** A LangChain runnable, one of its own or ours. */
interface RunnableLike {
	invoke(input: unknown, config?: RunnableConfig): Promise<unknown>;
	transform?(
		input: AsyncIterable<unknown>,
		config?: RunnableConfig,
	): AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>;
}

type Step = RunnableLike | ((input: unknown, config?: RunnableConfig) => unknown);

interface BatchOptions {
	returnExceptions?: boolean;
}

/**
 * A LangChain runnable without LangChain, which recognizes runnables by `lc_runnable` and their methods
 * (`isRunnableInterface` in `@langchain/core`), not by their class.
 */
export abstract class Runnable implements RunnableLike {
	readonly lc_runnable = true;
	lc_namespace = ['langchain', 'runnables'];

	abstract invoke(input: unknown, config?: RunnableConfig): Promise<unknown>;

	/** Streams the output in chunks. */
	protected async *chunks(input: unknown, config?: RunnableConfig): AsyncGenerator<unknown> {
		yield await this.invoke(input, config);
	}

	async stream(input: unknown, config?: RunnableConfig): Promise<AsyncGenerator<unknown>> {
		return this.chunks(input, config);
	}

	async *transform(
		input: AsyncIterable<unknown>,
		config?: RunnableConfig,
	): AsyncGenerator<unknown> {
		yield* this.chunks(await joinChunks(input), config);
	}

	/** One output per input, in order. */
	async batch(
		inputs: unknown[],
		configs: RunnableConfig | RunnableConfig[] = {},
		{ returnExceptions = false }: BatchOptions = {},
	): Promise<unknown[]> {
		const outputs = inputs.map(async (input, index) => {
			const output = this.invoke(input, Array.isArray(configs) ? configs[index] : configs);
			return await (returnExceptions ? output.catch((error: unknown) => error) : output);
		});
		return await Promise.all(outputs);
	}

	pipe(next: Step): Runnable {
		return new RunnableSequence(this, toRunnable(next));
	}

	withConfig(config: RunnableConfig): Runnable {
		return new RunnableBinding(this, config);
	}

	/** The name of `withConfig` before LangChain 1.0. */
	bind(config: RunnableConfig): Runnable {
		return this.withConfig(config);
	}

	withFallbacks(fallbacks: RunnableLike[] | { fallbacks: RunnableLike[] }): Runnable {
		const others = Array.isArray(fallbacks) ? fallbacks : fallbacks.fallbacks;
		return new RunnableWithFallbacks(this, others);
	}

	getName(suffix = ''): string {
		return this.constructor.name + suffix;
	}
}

class RunnableFunction extends Runnable {
	constructor(private readonly run: (input: unknown, config?: RunnableConfig) => unknown) {
		super();
	}

	async invoke(input: unknown, config?: RunnableConfig): Promise<unknown> {
		return await this.run(input, config);
	}
}

class RunnableSequence extends Runnable {
	constructor(
		private readonly first: Runnable,
		private readonly next: RunnableLike,
	) {
		super();
	}

	async invoke(input: unknown, config?: RunnableConfig): Promise<unknown> {
		return await this.next.invoke(await this.first.invoke(input, config), config);
	}

	protected override async *chunks(input: unknown, config?: RunnableConfig) {
		const chunks = await this.first.stream(input, config);
		if (this.next.transform) yield* await this.next.transform(chunks, config);
		else yield await this.next.invoke(await joinChunks(chunks), config);
	}
}

/** A runnable with bound options. LangChain reads `bound`. */
class RunnableBinding extends Runnable {
	constructor(
		readonly bound: Runnable,
		readonly config: RunnableConfig,
	) {
		super();
		this.lc_namespace = bound.lc_namespace;
	}

	async invoke(input: unknown, config?: RunnableConfig): Promise<unknown> {
		return await this.bound.invoke(input, this.merge(config));
	}

	protected override async *chunks(input: unknown, config?: RunnableConfig) {
		yield* await this.bound.stream(input, this.merge(config));
	}

	private merge(config?: RunnableConfig): RunnableConfig {
		const given = Object.entries(config ?? {}).filter(([, value]) => value !== undefined);
		return { ...this.config, ...Object.fromEntries(given) };
	}
}

/** Tries runnables in order. LangChain reads `runnable` and `fallbacks`. */
class RunnableWithFallbacks extends Runnable {
	constructor(
		readonly runnable: Runnable,
		readonly fallbacks: RunnableLike[],
	) {
		super();
	}

	async invoke(input: unknown, config?: RunnableConfig): Promise<unknown> {
		let first: unknown;
		for (const runnable of [this.runnable, ...this.fallbacks]) {
			config?.signal?.throwIfAborted();
			try {
				return await runnable.invoke(input, config);
			} catch (error) {
				first ??= error;
			}
		}
		throw first;
	}
}

const toRunnable = (step: Step): RunnableLike =>
	typeof step === 'function' ? new RunnableFunction(step) : step;

interface Joinable {
	concat(more: unknown): unknown;
}

const canJoin = (value: unknown): value is Joinable =>
	typeof (value as Joinable | undefined)?.concat === 'function';

/** Joins chunks: texts, lists and messages are concatenated; of other values the last one is used. */
async function joinChunks(chunks: AsyncIterable<unknown>): Promise<unknown> {
	let whole: unknown;
	for await (const chunk of chunks) whole = canJoin(whole) ? whole.concat(chunk) : chunk;
	return whole;
}
