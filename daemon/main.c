/* main.c -- wiredeskd: placeholder until the daemon lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "wiredesk/version.h"

int main(void)
{
    printf("wiredeskd %s\n", wd_version());
    return 0;
}
