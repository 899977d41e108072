import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ApiError, ApiErrorInfo } from '../../shared/errors/ApiError';
import type { Endpoint } from '../../shared/models/endpoints';
import type { ModelForm } from '../../shared/parameters/modelForm';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { StreamReader } from '../../shared/transport/client';
import type { Fallback } from '../../shared/transport/fallback';
import type { OpenFile, Readable } from '../../shared/transport/readable';
import type { Cost } from '../../shared/transport/usage';
import type { FileContent, FormBody } from './multipart';
import type { BatchOptions } from './requestBatcher';
import type { ResponseStream } from './responseStream';

/** An operation of the node: which endpoint it calls, what fills the body, how one item is done. */
export interface Operation {
	endpoint: Endpoint;
	/** The form that is made from the chosen model's schema; absent where no model is chosen. */
	modelForm?: ModelForm;
	/** Whether a model is chosen for which no other can stand in. */
	isModelFixed?: boolean;
	/** Whether items share requests, so that they cannot be done one after the other. */
	batchesItems?: boolean;
	/** Whether an accepted request is paid for even when its answer gets lost. */
	startsPaidJob?: boolean;
	/** Seconds that an answer may take where the user sets no 'Timeout'; 300 unless told. */
	timeout?: number;
	/** Whether an answer may be a file or lines of JSON; otherwise one that is no JSON is broken. */
	acceptsAnyBody?: boolean;
	/** What is wrong with an answer under HTTP 2xx; without it, one in JSON that reports no error will do. */
	checkResponse?(response: ApiResponse, model: string): ApiErrorInfo | undefined;
	/**
	 * Reads the item's fields, sends, and returns the items that come of it. Errors are the run policy's
	 * matter, and links to the input item too, unless an item comes of several and says so.
	 */
	execute(context: ItemContext): Promise<INodeExecutionData[]>;
}

/** One item's way to n8n and to the API. Everything it sends is under the run policy. */
export interface ItemContext {
	/** Position of the item among those of the run, from 0. */
	readonly itemIndex: number;
	/** Id of the model to ask; '' for an operation without one. */
	readonly model: string;
	/** Set when this model stands in for the chosen one. */
	readonly fallback?: Fallback;
	/** Who reads the item's text while the node runs; absent where nobody does. */
	readonly responseStream?: ResponseStream;
	/** The value of a field for this item, expressions evaluated; throws when one is broken. */
	getField<T>(name: string, otherwise: T): T;
	/** The value of an option for this item, or `otherwise` when the user has not added it. */
	getOption<T>(name: string, otherwise: T): T;
	/** A file of the item; `undefined` when it has no binary field of that name. */
	getBinary(name: string): BinaryFile | undefined;
	/** Names of the item's binary fields. */
	getBinaryNames(): string[];
	/** What the model documents for this endpoint; `undefined` when that cannot be had. */
	requestSchema(): Promise<ObjectSchema | undefined>;
	/**
	 * Sends a body, or none, to the operation's endpoint or to another path of the API. Throws
	 * `ApiError` unless the API accepts it.
	 */
	send(body: Record<string, unknown> | FormBody | undefined, path?: string): Promise<ApiResponse>;
	/** Like `send`, but the answer comes in events and is read as they come. */
	stream(body: Record<string, unknown>, reader: StreamReader): Promise<ApiResponse>;
	/** Sends parts of a request together with those of other items. Throws like `send`. */
	sendBatched<Part, Result>(parts: Part[], rules: BatchOptions<Part, Result>): Promise<Result[]>;
	/** Adds to what the run has spent, which 'Cost Limit' is held against. */
	addCost(cost: Cost | undefined): void;
	/**
	 * Adds what a job cost to the cost of the execution.
	 *
	 * @param cost as the API tells it; estimated from the catalog without
	 * @param answer the one that says that the job has ended
	 */
	settleCost(cost: Cost | undefined, answer: ApiResponse): Promise<void>;
	/** Gets a path of the API; free, so it is tried again whatever happens. Throws `ApiError`. */
	get(path: string, query: Record<string, string>): Promise<ApiResponse>;
	/** Waits so many seconds; rejects when the execution is cancelled. */
	wait(seconds: number): Promise<void>;
	/** Fetches a file from an address the user gave, without the key. Throws `ApiError`. */
	fetchFile(url: string): Promise<ApiResponse>;
	/**
	 * Opens a file on the web, without the key, for `use` to read. One that breaks off is opened again, so
	 * `use` may be called more than once.
	 *
	 * @throws ApiError when it cannot be fetched, or `use` fails for another reason than the file
	 */
	withFile<T>(url: string, use: (file: OpenFile) => Promise<T>): Promise<T>;
	/** The item that stands for an error of this one, where others come out of it as well. */
	toFailedItem(error: ApiError): INodeExecutionData;
	/** Puts a file into n8n's binary store; a stream is never held in memory as a whole. */
	storeFile(content: Buffer | Readable, fileName: string, mimeType: string): Promise<IBinaryData>;
	/** Opens a file of the item or of n8n's binary store, to be read piece by piece. */
	readBinaryStream(stored: IBinaryData): Promise<FileContent>;
}

export interface BinaryFile {
	metadata: IBinaryData;
	read(): Promise<Buffer>;
}

/** What an item says of a model that stood in for the chosen one; nothing where that one answered. */
export const fallbackMetadata = (
	{ fallback }: Pick<ItemContext, 'fallback'>,
	droppedParameters: string[],
): IDataObject => (fallback ? { fallback: { ...fallback, droppedParameters } } : {});
