/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a process of its own, never inside n8n */
import { parse, stringify } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import { runChatModel } from './chatModelRun';
import { numberedItems, runChat } from './chatRun';

/** One part of an execution, for a process that knows nothing else of it. */
export interface ExecutionPart {
	node: 'AI/ML API' | 'AI/ML API Chat Model';
	sandbox: { apiKey: string; url: string };
	/** Items, one at a time; 1 by default. */
	items?: number;
	/** The execution so far, as n8n stores it. */
	stored?: string;
	/** 'Execution Cost Limit' in US dollars. */
	limit?: number;
}

/** What the part leaves behind. */
export interface ExecutionEnd {
	stored: string;
	error?: string;
}

async function run({ node, sandbox, items, stored, limit }: ExecutionPart): Promise<ExecutionEnd> {
	const before = stored === undefined ? undefined : (parse(stored) as IRunExecutionData);
	const part = {
		customData: before?.resultData.metadata,
		items: numberedItems(items ?? 1),
		fields: { options: { ...(limit && { executionCostLimit: limit, itemsInParallel: 1 }) } },
	};
	const { run: after, error } =
		node === 'AI/ML API'
			? await runChat(sandbox, part)
			: await runChatModel(sandbox, part, async (model) => {
					await model.invoke([{ role: 'user', content: 'Hello' }]);
				});
	return { stored: stringify(after.data), ...(error && { error: error.message }) };
}

void run(JSON.parse(process.argv[2]) as ExecutionPart).then((end) => {
	process.stdout.write(JSON.stringify(end), () => process.exit());
});
