/** A piece of what n8n's chat, or a webhook, streams. */
export interface ChatChunk {
	/** `begin`, `item` for a piece of the answer, `error`, `end`. */
	type: string;
	content?: string;
}

export class ChatError extends Error {
	constructor(
		readonly status: number,
		body: string,
	) {
		super(`n8n answers ${status}: ${body}`);
	}
}

/**
 * Sends a message to the public chat of a workflow and reads what it streams. Messages of one session
 * are one conversation.
 *
 * @throws ChatError if n8n answers no success, e.g. 404 for a workflow that is not active
 */
export async function* readChat(
	server: string,
	webhookId: string,
	chatInput: string,
	sessionId = chatInput,
): AsyncGenerator<ChatChunk> {
	const message = { action: 'sendMessage', sessionId, chatInput };
	yield* readStreamedResponse(`${server}/webhook/${webhookId}/chat`, message);
}

/**
 * Calls a webhook whose response streams, and reads it line by line.
 *
 * @throws ChatError if n8n answers no success
 */
export async function* readStreamedResponse(url: string, body: object): AsyncGenerator<ChatChunk> {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new ChatError(answer.status, await answer.text());
	let rest = '';
	const decoder = new TextDecoder();
	for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>) {
		const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines.filter(Boolean)) yield JSON.parse(line) as ChatChunk;
	}
	if (rest) yield JSON.parse(rest) as ChatChunk;
}

/** Passes over the 404 with which n8n answers until it has registered the webhook of a workflow. */
export function ignoreUnregistered(error: Error): undefined {
	if (!(error instanceof ChatError && error.status === 404)) throw error;
}
