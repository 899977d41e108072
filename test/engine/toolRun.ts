import { NodeConnectionTypes, type IDataObject, type INodeParameters } from 'n8n-workflow';
import type { Api } from './operationRun';
import { executableNode } from './runNode';
import { runSubNode, type SubNodeRun, type SubNodeRunResult } from './runSubNode';

/** The tool that n8n makes of a node, as far as an agent uses it. */
interface Tool {
	name: string;
	description: string;
	invoke(args: object): Promise<string>;
}

/** A node as the tool of an agent, and what the agent asks of it. */
export interface ToolRun extends Partial<Omit<SubNodeRun<Tool>, 'parameters' | 'use'>> {
	parameters: INodeParameters;
	/** The arguments of each call, made one after the other for each item of the agent. */
	calls: object[];
}

export interface ToolRunResult extends SubNodeRunResult {
	description: string;
	/** What the agent's model reads, a text for each call of each item. */
	answers: string[];
}

/** Lets an agent use the node as a tool, in n8n-core's engine against the API. */
export async function runAsTool(api: Api, run: ToolRun): Promise<ToolRunResult> {
	const { calls, ...rest } = run;
	const node = executableNode();
	node.description.name += 'Tool';
	node.description.inputs = [];
	node.description.outputs = [NodeConnectionTypes.AiTool];
	const done = await runSubNode<Tool>({
		node,
		connection: NodeConnectionTypes.AiTool,
		credential: { apiKey: api.apiKey, url: api.url },
		use: async (tool) => {
			const answers: string[] = [];
			for (const args of calls) answers.push(await tool.invoke(args));
			return { description: tool.description, answers };
		},
		...rest,
	});
	const results = done.items.map(({ json }) => json as IDataObject & { answers: string[] });
	return {
		...done,
		description: String(results[0]?.description),
		answers: results.flatMap(({ answers }) => answers),
	};
}
