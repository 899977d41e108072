import type { IExecuteFunctions, IExecutePaginationFunctions } from 'n8n-workflow';

/** n8n's types keep these from a declarative node, but its context has them since n8n 1.103. */
type StreamingContext = Partial<Pick<IExecuteFunctions, 'isStreaming' | 'sendChunk'>>;

/** n8n's chat, or the caller of a webhook, that reads an item's text while the node runs. */
export interface ResponseStream {
	/** Whether something was handed on, so that nothing else can take its place. */
	readonly hasBegun: boolean;
	/** Hands text on; an empty one is passed over. */
	write(text: string): Promise<void>;
	/** Says that the item's text is complete. */
	end(): Promise<void>;
	/** Says that the item's text breaks off. */
	fail(reason: string): Promise<void>;
}

/** @returns `undefined` where n8n does not stream the execution */
export function openResponseStream(
	engine: IExecutePaginationFunctions,
): ResponseStream | undefined {
	const context = engine as StreamingContext;
	if (context.isStreaming?.() !== true) return undefined;
	let hasBegun = false;
	const send = async (type: 'begin' | 'item' | 'end' | 'error', content?: string) =>
		await context.sendChunk?.(type, engine.getItemIndex(), content);
	return {
		get hasBegun() {
			return hasBegun;
		},
		async write(text) {
			if (text === '') return;
			if (!hasBegun) await send('begin');
			hasBegun = true;
			await send('item', text);
		},
		async end() {
			if (hasBegun) await send('end');
		},
		async fail(reason) {
			// Where the error stops the workflow, n8n itself tells it.
			if (hasBegun && engine.continueOnFail()) await send('error', reason);
		},
	};
}
