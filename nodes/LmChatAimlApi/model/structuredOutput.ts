/** The part of a chat model that is used here. */
interface BindableModel<Chain> {
	bindTools(tools: object[]): { pipe(read: (answer: unknown) => unknown): Chain };
}

interface StructuredOutputOptions {
	name?: string;
	/** Whether to return `{raw, parsed}`, without an error if parsing fails. */
	includeRaw?: boolean;
}

/**
 * LangChain's `withStructuredOutput`: the schema becomes the parameters of a tool, and the arguments of
 * the tool call are the output. LangChain's own version only works with stream chunks.
 */
export function withStructuredOutput<Chain>(
	model: BindableModel<Chain>,
	schema: { name?: unknown; description?: unknown },
	{ name: given, includeRaw = false }: StructuredOutputOptions = {},
): Chain {
	const name = given ?? (typeof schema.name === 'string' ? schema.name : 'extract');
	const description = String(schema.description ?? 'A function available to call.');
	return model.bindTools([{ name, description, schema }]).pipe((answer) => {
		const { tool_calls: calls = [] } = answer as {
			tool_calls?: Array<{ name: string; args: object }>;
		};
		const call = calls.find((made) => made.name === name);
		if (includeRaw) return { raw: answer, parsed: call?.args ?? null };
		if (!call) throw new TypeError(`The model did not call the function '${name}'`);
		return call.args;
	});
}
