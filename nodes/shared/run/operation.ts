import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import type { Endpoint } from '../catalogue/endpoints';
import type { ObjectSchema } from '../schema/jsonSchema';
import type { ApiResponse } from './apiResponse';

/** An operation of the node: which endpoint it calls, what fills the body, how one item is done. */
export interface Operation {
	endpoint: Endpoint;
	/** Body properties with a field of their own, which 'Model Parameters' therefore leaves out. */
	ownProperties: readonly string[];
	/** What most models of the endpoint take, offered when a model's own schema cannot be had. */
	generalSchema: ObjectSchema;
	/** Whether an accepted request is paid for even when its answer gets lost. */
	startsPaidJob?: boolean;
	/**
	 * Reads the item's fields, sends, and returns the items that come of it. Links to the input item
	 * and errors are the run policy's matter.
	 */
	perform(call: Call): Promise<INodeExecutionData[]>;
}

/** One item's way to n8n and to the API. Everything it sends is under the run policy. */
export interface Call {
	/** Id of the model to ask. */
	readonly model: string;
	/** Set when this model stands in for the chosen one. */
	readonly fallback?: Fallback;
	/** The value of a field for this item, expressions evaluated; throws when one is broken. */
	field<T>(name: string, fallback: T): T;
	/** A file of the item; `undefined` when it has no binary field of that name. */
	binary(name: string): BinaryFile | undefined;
	/** Names of the item's binary fields. */
	binaryNames(): string[];
	/** What the model documents for this endpoint; `undefined` when that cannot be had. */
	requestSchema(): Promise<ObjectSchema | undefined>;
	/** Sends a body to the operation's endpoint. Throws `CallFailure` unless the API accepts it. */
	send(body: Record<string, unknown>): Promise<ApiResponse>;
	/** Fetches a file from an address the user gave, without the key. Throws `CallFailure`. */
	fetchFile(url: string): Promise<ApiResponse>;
}

export interface Fallback {
	/** The model that was chosen. */
	insteadOf: string;
	/** What the last model before this one failed with. */
	reason: string;
}

export interface BinaryFile {
	about: IBinaryData;
	read(): Promise<Buffer>;
}
