/** A chat model as far as it is needed here, ours or one of LangChain's. */
interface BindableModel<Chain> {
	bindTools(tools: object[]): { pipe(read: (answer: unknown) => unknown): Chain };
}

interface StructuredOutputOptions {
	name?: string;
	/** Whether the answer itself is wanted too: `{raw, parsed}`, without an error where it does not fit. */
	includeRaw?: boolean;
}

/**
 * LangChain's `withStructuredOutput`: the model is given the schema as the parameters of a tool, and
 * what it calls the tool with is the output. LangChain's own takes nothing but pieces of a stream.
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
