"""The settings of Celery, by Celery's own names. Their aims are in fiksreg/celery.py."""

from django.conf import settings

_VISIBILITY_SECONDS = 1200  # longer than the hard time limit, or a running task would be delivered a second time
broker_url = settings.REDIS_URL
result_backend = None
task_ignore_result = True
task_acks_late = True  # safe only because the order row caps the attempts
task_reject_on_worker_lost = True
task_acks_on_failure = True
task_acks_on_timeout = True
worker_prefetch_multiplier = 1
worker_max_tasks_per_child = 200
task_time_limit = 900
task_soft_time_limit = 840
visibility_timeout = _VISIBILITY_SECONDS
broker_transport_options = {
    "visibility_timeout": _VISIBILITY_SECONDS,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
    "health_check_interval": 25,
    "retry_on_timeout": True,
    "global_keyprefix": "fiksreg:",
}
task_publish_retry_policy = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.5}
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
broker_channel_error_retry = True
# A worker that cancels its tasks takes their SystemExit for its own and dies. Here the tasks go on: the lease decides
# which worker has an order, also when the queue delivers it a second time.
worker_cancel_long_running_tasks_on_connection_loss = False
worker_soft_shutdown_timeout = 30
worker_enable_soft_shutdown_on_idle = True
task_serializer = "json"
accept_content = ["json"]
worker_hijack_root_logger = False
task_send_sent_event = False
timezone = settings.TIME_ZONE
