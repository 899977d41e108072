/** An output item of a node. */
export interface OutputItem {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
}

/** One run of one node. */
export interface NodeRun {
	startTime: number;
	/** In milliseconds. */
	executionTime: number;
	executionStatus?: string;
	error?: { message: string; description?: string | null };
	data?: { main: Array<OutputItem[] | null> };
}

/** The run data of an execution, by node name. */
export interface RunData {
	resultData: {
		runData: Record<string, NodeRun[]>;
		error?: { message: string };
	};
}

/** The items of an output of a node's first run; empty if the node didn't run. */
export const itemsOf = (run: RunData, node: string, output = 0): OutputItem[] =>
	run.resultData.runData[node]?.[0]?.data?.main[output] ?? [];
